// One line of the ⋯ sheet, as BaseSheet takes it.

export interface SheetAction {
  name: string
  label: string
  isDanger?: boolean
  disabled?: boolean
}
