import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderSchemas } from '../task/schemas.ts'

/** The project's own `schemas/`. */
const schemasFolder = join(import.meta.dirname, '../../schemas')

/**
 * Writes the JSON Schemas of Assay's file formats, or tells which of those on disk are out of date (exit code 1).
 * `folder` is where they lie; schemas there that are no longer ours are removed when writing.
 */
export async function schemas({
  write,
  folder = schemasFolder,
}: {
  readonly write: boolean
  readonly folder?: string
}): Promise<{ readonly exitCode: 0 | 1; readonly text: string }> {
  const rendered = renderSchemas()
  const present = await contentsOf(folder)
  const stale = [...new Set([...rendered.keys(), ...present.keys()])].filter((file) => rendered.get(file) !== present.get(file)).toSorted()
  if (!write) {
    const text =
      stale.length === 0 ? 'The schemas are up to date.\n' : `Out of date: ${stale.join(', ')}. \`npm run schemas\` writes them.\n`
    return { exitCode: stale.length === 0 ? 0 : 1, text }
  }
  await mkdir(folder, { recursive: true })
  for (const file of stale) {
    const text = rendered.get(file)
    await (text === undefined ? rm(join(folder, file)) : writeFile(join(folder, file), text))
  }
  return { exitCode: 0, text: stale.length === 0 ? 'The schemas are up to date.\n' : `Wrote ${stale.join(', ')}.\n` }
}

async function contentsOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await readdir(folder).catch(() => [])
  const schemaFiles = files.filter((file) => file.endsWith('.schema.json'))
  return new Map(await Promise.all(schemaFiles.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const)))
}
