import { createHash } from 'node:crypto'

/**
 * One spelling for equal JSON values: keys sorted, `cache_control` markers and null or absent members left out
 * (clients move the first between requests and add or drop the second).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'null'
  }
  const members = Object.entries(value)
    .filter(([name, member]) => name !== 'cache_control' && member !== null && member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

/** sha256 in hex of a value's canonical spelling. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}
