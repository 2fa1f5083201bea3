const STRINGS = [
  // A long string may end in up to two quotes of its own: """a""""".
  { open: '"""', whole: /"""(?:[^\\"]|\\[\s\S]|"{1,2}(?!"))*"{3,5}/y },
  { open: "'''", whole: /'''(?:[^']|'{1,2}(?!'))*'{3,5}/y },
  { open: '"', whole: /"(?:[^\\"\n]|\\[^\n])*"/y },
  { open: "'", whole: /'[^'\n]*'/y },
]

/** Where the TOML string that begins at `from` is over; null where none begins or it never ends. */
export function afterString(text: string, from: number): number | null {
  const kind = STRINGS.find(({ open }) => text.startsWith(open, from))
  if (kind === undefined) {
    return null
  }
  kind.whole.lastIndex = from
  const found = kind.whole.exec(text)
  return found === null ? null : from + found[0].length
}
