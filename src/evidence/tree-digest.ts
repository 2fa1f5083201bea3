import { hash } from 'node:crypto'
import type { Change, Entry } from './change.ts'

/** sha256 (hex) over the sorted changes: trees that differ from their base in the same way have the same digest. */
export function treeDigest(changes: readonly Change[]): string {
  const lines = changes.map((change) =>
    JSON.stringify([change.path, change.kind, change.kind === 'deleted' ? null : entryFacts(change.now)]),
  )
  return hash('sha256', lines.sort().join('\n'))
}

function entryFacts(entry: Entry): readonly unknown[] {
  switch (entry.type) {
    case 'file':
      return ['file', entry.digest, entry.executable]
    case 'symlink':
      return ['symlink', entry.digest]
    default:
      return [entry.type]
  }
}
