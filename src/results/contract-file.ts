import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { checkShape } from '../task/check-shape.ts'
import { readJson } from '../task/json-document.ts'

/** One of Assay's own JSON files, read. Problems are `FILE:LINE: message`. */
export type ContractReading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'bad'; readonly problems: readonly string[] }

/** Reads a JSON file of ours and checks it, every mistake at once. `name` is what its problems call it. */
export async function readContract<S extends z.ZodType>(path: string, name: string, schema: S): Promise<ContractReading<z.infer<S>>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return null
    }
    throw error
  })
  if (text === null) {
    return { kind: 'absent' }
  }
  const document = readJson(text, name)
  const shape = document.kind === 'bad' ? document : checkShape(schema, document, name)
  return shape.kind === 'bad'
    ? { kind: 'bad', problems: shape.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`) }
    : { kind: 'read', value: shape.value }
}
