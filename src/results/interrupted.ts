import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TranscriptLine, Usage } from '../evidence/transcript.ts'
import type { Trial } from './trial.ts'
import { usageOfTranscript } from './usage.ts'

/** An attempt that no line of trials.jsonl tells of: it was cut short, or is under way. What it used was paid for all the same. */
export interface UnfinishedAttempt {
  readonly task: string
  readonly k: number
  /** The attempt's folder, relative to the run's folder. */
  readonly folder: string
  readonly usage: Usage
}

/** Finds the attempts in a run's folder that have no line, and what their transcripts say they used. */
export async function unfinishedAttempts(runFolder: string, trials: readonly Trial[]): Promise<readonly UnfinishedAttempt[]> {
  const told = new Set(trials.map((trial) => `${trial.task}/${trial.k}/${trial.attempt}`))
  const found: UnfinishedAttempt[] = []
  for (const fixture of await foldersIn(join(runFolder, 'trials'))) {
    for (const name of await foldersIn(join(runFolder, 'trials', fixture))) {
      for (const { k, attempt } of await attemptsOf(join(runFolder, 'trials', fixture, name))) {
        const path = `${fixture}/${name}/${k}/${attempt}`
        if (!told.has(path)) {
          const folder = `trials/${path}`
          const usage = usageOfTranscript(await readableLines(join(runFolder, folder, 'transcript.jsonl')))
          found.push({ task: `${fixture}/${name}`, k: Number(k), folder, usage })
        }
      }
    }
  }
  return found
}

async function attemptsOf(taskFolder: string): Promise<readonly { readonly k: string; readonly attempt: string }[]> {
  const ks = (await foldersIn(taskFolder)).filter((k) => /^\d+$/.test(k)).toSorted((a, b) => Number(a) - Number(b))
  const attempts = await Promise.all(ks.map(async (k) => (await foldersIn(join(taskFolder, k))).map((attempt) => ({ k, attempt }))))
  return attempts.flat().filter(({ attempt }) => /^\d+(~interrupted-\d+)?$/.test(attempt))
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return []
    }
    throw error
  })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted()
}

/** The lines that can be read: a kill cuts the last one short. */
async function readableLines(file: string): Promise<readonly TranscriptLine[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return ''
    }
    throw error
  })
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as TranscriptLine]
    } catch {
      return []
    }
  })
}
