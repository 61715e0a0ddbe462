// One thing to choose, as BaseChoice and BasePicker take it.

export interface Option {
  value: string
  label: string
  note?: string
}
