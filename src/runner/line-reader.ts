import type { Readable } from 'node:stream'

/**
 * Calls back for each whole line that is not empty. A line of more than `limit` bytes is dropped, so that a flood cannot fill our memory.
 * What the stream throws is taken for its end.
 */
export function onLine(stream: Readable, limit: number, take: (line: string) => void): void {
  let parts: Buffer[] = []
  let size = 0
  const add = (part: Buffer) => {
    size += part.length
    if (size <= limit) {
      parts.push(part)
    }
  }
  stream.on('data', (chunk: Buffer | string) => {
    const bytes = Buffer.from(chunk)
    let from = 0
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      add(bytes.subarray(from, end))
      if (size > 0 && size <= limit) {
        take(Buffer.concat(parts).toString('utf8'))
      }
      parts = []
      size = 0
      from = end + 1
    }
    add(bytes.subarray(from))
  })
  stream.on('error', () => undefined)
}
