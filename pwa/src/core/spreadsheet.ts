// A table as a file a spreadsheet program opens: CSV with a byte-order mark, so that Excel reads Chinese, and nothing that it would run
// as a formula.

import { download } from './download'
import type { Column } from './ui/table/column'

function cell(text: string): string {
  // A leading = + - @ or tab would be run as a formula; numbers keep their sign.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)*$/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** The rows as CSV text, with the columns' labels as its first line. */
export function toCsv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const lines = [
    columns.map((column) => cell(column.label)),
    ...rows.map((row) => columns.map((one) => cell(one.text(row)))),
  ]
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** Hands a table to the browser as a file. */
export function saveCsv<T>(name: string, columns: readonly Column<T>[], rows: readonly T[]): void {
  download(new Blob([toCsv(columns, rows)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
}
