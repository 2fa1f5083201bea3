import { isUtf8 } from 'node:buffer'

const escaped = /\\x([0-9a-f]{2})/g

/**
 * A path's bytes as text that can be printed, compared and decoded again: bytes that are no UTF-8 and control characters become `\xNN`.
 * No two paths have the same text: a backslash is escaped too wherever leaving it would look like an escape.
 */
export function pathText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(buffer)) {
    const text = buffer.toString('utf8')
    if (!hasControl(text) && !/\\x[0-9a-f]{2}/.test(text)) {
      return text
    }
  }
  return escapePath(buffer)
}

/** The bytes that `pathText` was given. */
export function pathBytes(text: string): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (const match of text.matchAll(escaped)) {
    parts.push(Buffer.from(text.slice(from, match.index)), Buffer.from(match[1] ?? '', 'hex'))
    from = match.index + match[0].length
  }
  parts.push(Buffer.from(text.slice(from)))
  return Buffer.concat(parts)
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x20 || unit === 0x7f) {
      return true
    }
  }
  return false
}

function escapePath(bytes: Buffer): string {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const length = characterAt(bytes, at)
    text += length === 0 ? `\\x${bytes.toString('hex', at, at + 1)}` : bytes.toString('utf8', at, at + length)
    at += Math.max(length, 1)
  }
  return text
}

/** Length in bytes of the printable character at `at`; 0 where that byte must be escaped. */
function characterAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) {
    return first < 0x20 || first === 0x7f || first === 0x5c ? 0 : 1
  }
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0
}
