import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from './phases.ts'
import type { Trial } from './trial.ts'

/** `failed`: the line is not in the file, nor a part of it; the trial is not finished as far as the run knows. */
type Appended = { readonly kind: 'appended' } | { readonly kind: 'failed'; readonly cause: 'disk-full' | 'io'; readonly message: string }

export interface TrialLog {
  /** Adds one line; it is on disk for good when this resolves. Calls are served one after another. Rejects only for a trial of another run. */
  readonly append: (trial: Trial) => Promise<Appended>
  readonly close: () => Promise<void>
}

/** Opens `trials.jsonl` to add to it. The caller holds the lock of the folder, and has mended the file's end. */
export async function openTrialLog(folder: string, run: string): Promise<TrialLog> {
  const file = await open(join(folder, 'trials.jsonl'), 'a')
  await syncFolder(folder)
  let length = (await file.stat()).size
  let broken: string | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function write(line: Buffer): Promise<Appended> {
    if (broken !== null) {
      return { kind: 'failed', cause: 'io', message: broken }
    }
    try {
      await file.writeFile(line)
      await file.datasync()
      length += line.length
      return { kind: 'appended' }
    } catch (error) {
      await cutBack()
      const { code, message } = error as NodeJS.ErrnoException
      return { kind: 'failed', cause: isFull(code) ? 'disk-full' : 'io', message }
    }
  }

  /** Half a line would make the next one unreadable. Where even cutting fails, the file is left to be mended when it is next opened. */
  async function cutBack(): Promise<void> {
    try {
      await file.truncate(length)
      await file.datasync()
    } catch (error) {
      broken = `trials.jsonl ends in half a line: ${(error as Error).message}`
    }
  }

  return {
    append: (trial) => {
      if (trial.run !== run) {
        return Promise.reject(new Error(`a trial of run ${trial.run} was given to the log of run ${run}`))
      }
      const line = Buffer.from(`${JSON.stringify(trial)}\n`)
      const turn = last.then(() => write(line))
      last = turn
      return turn
    },
    close: async () => {
      await last
      await file.close()
    },
  }
}

function isFull(code: string | undefined): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}
