// Which modules travel together. Each alone would be a file of a few hundred bytes, packed badly and asked for one by one; together they
// are what the first screen of the day always needs.

interface Group {
  name: string
  test: RegExp
}

const GROUPS: Group[] = [
  // What Today, and with it most pages, is drawn with.
  {
    name: 'today',
    test: /\/src\/(core\/ui\/Base(Bar|Button|Cell|Empty|Group|Notice|Skeleton)\.vue|core\/(geo|position)\.ts|visits\/(here|rules|today_day|queries\/rows|queries\/today)\.ts)/,
  },
  // What shows the rows; what sends and receives stays by itself, for later.
  {
    name: 'rows',
    test: /\/src\/sync\/(base|clock|database|device|layout|loop_state|memory|rows_store|store|table|view)\.ts/,
  },
]

export const chunks = { groups: GROUPS.map((group) => ({ ...group, includeDependenciesRecursively: false })) }
