import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { matcher } from '../evidence/glob.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import type { Guard, Stack } from '../stack/stack.ts'
import type { InstalledFile } from './workspace.ts'

/** A room's files with guards in them, and the ids of the guards. */
interface Guarded {
  readonly files: ReadonlyMap<string, InstalledFile | null>
  readonly guards: readonly string[]
}

/** Random lower-case letters: what a canary or a guard is called. */
export function letters(count: number): string {
  return [...randomBytes(count)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
}

/**
 * Puts a guard into every test file of a room that holds none but our own tests: those of the base and those that `files` lays over it. A stack
 * whose canaries see all that its tests see has no guards; then nothing is changed.
 */
export async function guardFiles(
  prepared: PreparedFixture,
  stack: Pick<Stack, 'guard' | 'testFiles' | 'dependencies'>,
  files: ReadonlyMap<string, InstalledFile | null>,
): Promise<Guarded> {
  const { guard } = stack
  if (guard === null) {
    return { files, guards: [] }
  }
  const [isTestFile, isDependency] = [matcher(stack.testFiles), matcher(stack.dependencies)]
  const paths = [...new Set([...prepared.base.keys(), ...files.keys()])].filter((path) => isTestFile(path) && !isDependency(path))
  const guarded = new Map(files)
  const guards: string[] = []
  for (const path of paths) {
    const source = await sourceOf(prepared, files, path)
    if (source !== null) {
      const { content, id }: Guard = guard(path, source, letters(16))
      guarded.set(path, { content: Buffer.from(content), executable: false })
      guards.push(id)
    }
  }
  return { files: guarded, guards }
}

async function sourceOf(prepared: PreparedFixture, files: ReadonlyMap<string, InstalledFile | null>, path: string): Promise<string | null> {
  const file = files.get(path)
  if (file === undefined) {
    return prepared.base.get(path)?.type === 'file' ? readFile(join(prepared.root, path), 'utf8') : null
  }
  return file !== null && 'content' in file ? Buffer.from(file.content).toString('utf8') : null
}
