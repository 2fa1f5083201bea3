/** Where the bracket that was opened before `from` is closed. */
export function closing(text: string, from: number): number | null {
  let depth = 1
  for (let at = from; at < text.length; at = after(text, at)) {
    const c = text[at]
    if (c === '(') {
      depth += 1
    } else if (c === ')') {
      depth -= 1
    }
    if (depth === 0) {
      return at
    }
  }
  return null
}

/** Behind the character at `at`, or behind the quoted text that begins there. */
function after(text: string, at: number): number {
  const c = text[at] ?? ''
  if (c === "'" || c === '"') {
    const end = text.indexOf(c, at + 1)
    return end === -1 ? text.length : end + 1
  }
  return at + (c === '\\' ? 2 : 1)
}
