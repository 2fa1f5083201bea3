import { resolve } from 'node:path'
import { grade as judge } from '../grading/grade.ts'
import { rules } from '../grading/rules.ts'
import { plural } from '../report/figures.ts'
import { readEvidence } from '../results/attempt.ts'
import { findRun } from '../results/find-runs.ts'
import { attemptFolder, writeSealed } from '../results/phases.ts'
import { countingTrials } from '../results/plan.ts'
import { openRun } from '../results/store.ts'
import type { GradedTrial, Trial } from '../results/trial.ts'
import { loadSyntax } from '../syntax/load-grammars.ts'
import { render, summariseRun, wantsColour } from './show-report.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** Judges the stored evidence of a run again: no fixture, task or model is needed. Writes `regraded.jsonl` beside the trials, which stay as they were. */
export async function grade(name: string, options: { readonly out: string; readonly json: boolean }, io: TerminalIo): Promise<ExitCode> {
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const opened = await openRun(found.folder)
  if (opened.kind === 'bad') {
    return refuse(io, opened.problems.join('\n'))
  }
  const syntax = await loadSyntax()
  const regraded: Trial[] = []
  const missing: string[] = []
  let different = 0
  for (const trial of countingTrials(opened.trials)) {
    if (trial.outcome === 'void') {
      regraded.push(trial)
      continue
    }
    const view = await readEvidence(attemptFolder(found.folder, trial)).catch((error: Error) => error.message)
    if (typeof view === 'string') {
      missing.push(`${trial.task} #${trial.k}: its evidence cannot be read: ${view}`)
      continue
    }
    const again: GradedTrial = { ...trial, ...judge(view, rules, syntax) }
    different += verdictOf(again) === verdictOf(trial) ? 0 : 1
    regraded.push(again)
  }
  if (missing.length > 0) {
    return refuse(io, missing.join('\n'))
  }
  await writeSealed(found.folder, 'regraded.jsonl', regraded.map((trial) => `${JSON.stringify(trial)}\n`).join(''))
  const summary = await summariseRun(found.folder, opened.run, regraded, io)
  io.out.write(render(summary, options.json ? 'json' : 'terminal', !options.json && wantsColour(io)))
  io.err.write(
    `${plural(regraded.length, 'trial')} judged again; ${different === 0 ? 'every verdict is the same' : `${different} came out differently`} (regraded.jsonl).\n`,
  )
  return 0
}

function verdictOf({ passed, gates, checks, findings }: GradedTrial): string {
  return JSON.stringify([passed, gates, checks, findings])
}
