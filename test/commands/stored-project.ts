import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { dir } from 'tmp-promise'
import { buildProgram, isUsageError } from '../../src/commands/program.ts'
import type { StoredArm } from '../../src/comparison/stored-arm.ts'
import { sha256 } from '../../src/evidence/digest.ts'
import { writeSealed } from '../../src/results/phases.ts'
import { createRun } from '../../src/results/store.ts'

/** A folder of stored runs, written by the real writer, and the command line over it in this process. */
export interface StoredProject extends AsyncDisposable {
  readonly root: string
  /** Stores a run below `results` (or another folder), with its agent's file. Answers with the run's id. */
  store(arm: StoredArm, agentText?: string, folder?: string): Promise<string>
  assay(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>
}

export async function openStoredProject(): Promise<StoredProject> {
  const scratch = await dir({ prefix: 'assay-stored-', unsafeCleanup: true })
  const root = join(scratch.path, 'project')
  await mkdir(root, { recursive: true })
  const env = { PATH: process.env.PATH ?? '', HOME: scratch.path, ASSAY_CACHE_DIR: join(scratch.path, 'cache') }
  return {
    root,
    store: async (arm, agentText = `An agent of ${arm.run.variant.agent.promptDigest.slice(0, 4)}.\n`, folder = 'results') => {
      const agent = { ...arm.run.variant.agent, fileDigest: sha256(agentText) }
      const created = await createRun(join(root, folder), { ...arm.run, variant: { ...arm.run.variant, agent } })
      if (created.kind !== 'locked') {
        throw new Error(JSON.stringify(created))
      }
      await using writer = created.writer
      await writeSealed(writer.folder, 'agent.md', agentText)
      for (const trial of arm.trials) {
        await writer.append(trial)
      }
      return arm.run.run
    },
    assay: async (...args) => {
      const [out, err] = [collector(), collector()]
      let code = 0
      const io = { out: out.stream, err: err.stream, env, root, interrupt: new AbortController().signal }
      const program = buildProgram(io, (ended) => {
        code = ended
      })
      try {
        await program.parseAsync(['node', 'assay', ...args])
      } catch (error) {
        if (!isUsageError(error)) {
          throw error
        }
        code = 2
      }
      return { code, out: out.text(), err: err.text() }
    },
    [Symbol.asyncDispose]: () => scratch.cleanup(),
  }
}

function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}
