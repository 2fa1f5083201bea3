import { resolve } from 'node:path'
import type { TranscriptLine, Usage } from '../evidence/transcript.ts'
import { grouped } from '../report/figures.ts'
import { readEvidence } from '../results/attempt.ts'
import { findRun } from '../results/find-runs.ts'
import { attemptFolder } from '../results/phases.ts'
import { countingTrials } from '../results/plan.ts'
import { openRun } from '../results/store.ts'
import type { GradedTrial } from '../results/trial.ts'
import type { ReferenceSession, Task } from '../task/task.ts'
import { writeReceipt } from '../task/write-receipt.ts'
import { readProject } from './project.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** Writes into the receipts of its tasks what a run of the reference solutions took, so that a live run can say beforehand what it may cost. */
export async function costs(name: string, options: { readonly out: string }, io: TerminalIo): Promise<ExitCode> {
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const opened = await openRun(found.folder)
  if (opened.kind === 'bad') {
    return refuse(io, opened.problems.join('\n'))
  }
  const { run, trials } = opened
  const { runner, upstream } = run.variant
  if (runner !== 'builtin' || upstream !== 'reference') {
    const own = `${runner}, answered by ${upstream}`
    return refuse(io, `Run ${run.run} is of ${own}; costs are taken from the reference solutions: npm run eval -- '*' --upstream reference`)
  }
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const passed = countingTrials(trials).filter((trial) => trial.outcome === 'graded' && trial.passed) as readonly GradedTrial[]
  const isSame = (task: Task) => run.plan.tasks.some((planned) => planned.task === task.id && planned.taskDigest === task.digest)
  const lines: string[] = []
  for (const task of read.project.tasks) {
    const trial = passed.find((one) => one.task === task.id)
    if (trial === undefined || task.expected === null || !isSame(task)) {
      lines.push(`${task.id}: left as it is, the run has no passed trial of it as it is now`)
      continue
    }
    const session = await sessionOf(trial, attemptFolder(found.folder, trial))
    await writeReceipt(task, { ...task.expected, session })
    lines.push(`${task.id}: ${session.requests} requests, ${grouped(session.input)} tokens in, ${grouped(session.output)} out`)
  }
  io.out.write(lines.map((line) => `${line}\n`).join(''))
  return 0
}

async function sessionOf({ usage }: GradedTrial, folder: string): Promise<ReferenceSession> {
  const { evidence, text } = await readEvidence(folder)
  const transcript = (text(evidence.transcript) ?? '').split('\n').filter((line) => line !== '')
  const sent = transcript
    .map((line) => JSON.parse(line) as TranscriptLine)
    .flatMap((line) => (line.kind === 'response' ? [tokensSent(line.usage)] : []))
  return {
    requests: usage.requests,
    input: tokensSent(usage),
    output: usage.output,
    context: Math.max(...sent),
  }
}

const tokensSent = ({ input, cacheRead, cacheWrite }: Usage): number => input + cacheRead + cacheWrite
