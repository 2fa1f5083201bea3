/**
 * Python source with comments made blank and the insides of strings replaced by `_`: same length, same line breaks. What is left is code.
 * Prefixes (`r`, `b`, `f` and their pairs) are taken for names, which does no harm; fields of f-strings count as string.
 */
export function maskPython(source: string): string {
  let masked = ''
  let at = 0
  while (at < source.length) {
    const character = source[at] ?? ''
    if (character === '#') {
      const end = lineEnd(source, at)
      masked += ' '.repeat(end - at)
      at = end
    } else if (character === '"' || character === "'") {
      const end = stringEnd(source, at)
      masked += source.slice(at, end).replace(/[^\r\n]/g, '_')
      at = end
    } else {
      masked += character
      at += 1
    }
  }
  return masked
}

function lineEnd(source: string, from: number): number {
  const newline = source.indexOf('\n', from)
  return newline === -1 ? source.length : newline
}

function stringEnd(source: string, from: number): number {
  const quote = source[from] ?? ''
  const long = source.startsWith(quote.repeat(3), from)
  const close = long ? quote.repeat(3) : quote
  let at = from + close.length
  while (at < source.length) {
    if (source[at] === '\\') {
      at += 2
    } else if (source.startsWith(close, at)) {
      return at + close.length
    } else if (!long && source[at] === '\n') {
      return at
    } else {
      at += 1
    }
  }
  return source.length
}
