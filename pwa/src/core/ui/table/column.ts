// One column of a BaseTable, and its text for the screen, for sorting hints and for exports.

export interface Column<T> {
  name: string
  label: string
  /** The cell's text; a slot named `cell-<name>` may draw it otherwise, exports use this. */
  text: (row: T) => string
  align?: 'start' | 'end'
  isSortable?: boolean
  /** Its text may take several lines; all others keep to one. */
  isLong?: boolean
  /** Not among the first columns shown; the column chooser brings it. */
  isHidden?: boolean
}

export interface Sort {
  name: string
  isDescending: boolean
}
