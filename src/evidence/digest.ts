import { createHash } from 'node:crypto'

/** sha256 in hex. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

/** JSON with the keys of every object sorted by code unit and no spaces: equal data has equal text. `undefined` values are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** sha256 over the sorted paths, each with its mode (where it has one) and its content: no two different trees share the bytes that are hashed. */
export function digestOfFiles(files: Iterable<readonly [path: string, content: Uint8Array, mode?: string]>): string {
  const hash = createHash('sha256')
  for (const [path, content, mode = ''] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${JSON.stringify([path, mode, content.length])}\n`).update(content)
  }
  return hash.digest('hex')
}
