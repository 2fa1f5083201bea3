import { canonicalJson, digestOfFiles } from '../evidence/digest.ts'

/** Keys of task.md that name, sort or measure a task and can decide no gate: a task that is only labelled anew needs no new proof. */
const labels: ReadonlySet<string> = new Set([
  'title',
  'tags',
  'suites',
  'difficulty',
  'exercises',
  'mistake',
  'equivalent',
  'measures',
  'comments',
  'raw_sql',
])

/**
 * sha256 over what a task's proof and its verdicts rest on: every file but the receipt, with the instruction and the other keys of task.md in place of its bytes.
 * `written` are the keys as they stand there, so that a key which a later version adds with a default changes nothing.
 */
export function digestOfTask(files: ReadonlyMap<string, Uint8Array>, written: unknown, instruction: string): string {
  const deciding = Object.entries(written as Readonly<Record<string, unknown>>).filter(([key]) => !labels.has(key))
  const page = Buffer.from(canonicalJson([Object.fromEntries(deciding), instruction]))
  const others = [...files].filter(([path]) => path !== 'expected.json' && path !== 'task.md')
  return digestOfFiles([...others, ['task.md', page]])
}
