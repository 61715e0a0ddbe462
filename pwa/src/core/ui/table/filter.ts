// What a list can be narrowed to: each filter is one question to the server and its answers.

import type { Option } from '../option'

/** The questions a list is asked, by the names the server knows them under; '' asks nothing. */
export type Asked = Record<string, string>

export interface Filter {
  /** The question's name: a key of what is asked. */
  name: string
  label: string
  options: readonly Option[]
  /** What it says while nothing is chosen. */
  any: string
}
