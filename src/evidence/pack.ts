import { hash } from 'node:crypto'

/**
 * The format of `objects.pack`: the line `assay-pack 1`, then for each object, sorted by digest, the line `SHA256 SIZE` and that many bytes.
 * Lines end with one `\n`; nothing follows an object's bytes. The same objects give the same bytes.
 */
export const packHeader = 'assay-pack 1\n'

/** The line that goes before the bytes of one object. */
export function packLine(digest: string, size: number): string {
  return `${digest} ${size}\n`
}

/** Reads a pack and proves every object against its digest. Throws where the pack is cut short or an object is not what its digest says. */
export function readPack(bytes: Uint8Array): Map<string, Uint8Array> {
  const objects = new Map<string, Uint8Array>()
  const header = lineAt(bytes, 0)
  if (header !== packHeader) {
    throw new Error(`The pack begins with ${JSON.stringify(header.slice(0, 40))}, not with ${JSON.stringify(packHeader)}.`)
  }
  let at = header.length
  while (at < bytes.length) {
    const line = lineAt(bytes, at)
    const match = /^([0-9a-f]{64}) (\d{1,15})\n$/.exec(line)
    const [, digest = '', size = ''] = match ?? []
    const from = at + line.length
    const content = bytes.subarray(from, from + Number(size))
    if (!match || content.length !== Number(size)) {
      throw new Error(`The pack is cut short or damaged at byte ${at}.`)
    }
    if (hash('sha256', content) !== digest) {
      throw new Error(`The object ${digest} of the pack has other content than its digest says.`)
    }
    objects.set(digest, content)
    at = from + content.length
  }
  return objects
}

function lineAt(bytes: Uint8Array, at: number): string {
  const end = bytes.subarray(at, at + 100).indexOf(0x0a)
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, end < 0 ? Math.min(100, bytes.length - at) : end + 1).toString('latin1')
}
