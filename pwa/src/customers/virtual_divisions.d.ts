// The module build/divisions.ts makes.

declare module 'virtual:divisions' {
  const packed: string
  export default packed
}
