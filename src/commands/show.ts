import { relative, resolve } from 'node:path'
import type { EvidenceView } from '../evidence/evidence.ts'
import { printable } from '../report/escape.ts'
import { describe } from '../report/sentences.ts'
import { readEvidence } from '../results/attempt.ts'
import { findRun } from '../results/find-runs.ts'
import { attemptFolder } from '../results/phases.ts'
import { countingTrials } from '../results/plan.ts'
import { openRun } from '../results/store.ts'
import type { GradedTrial, Trial } from '../results/trial.ts'
import { didYouMean } from '../task/problem.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** Prints one trial: its verdict, every finding as a sentence, the suites that ran, the timeline of its snapshots, and where the evidence lies. */
export async function show(
  name: string,
  task: string,
  k: string | null,
  options: { readonly out: string },
  io: TerminalIo,
): Promise<ExitCode> {
  const found = await findRun(resolve(io.root, options.out), name)
  if (found.kind === 'unknown') {
    return refuse(io, found.message)
  }
  const opened = await openRun(found.folder)
  if (opened.kind === 'bad') {
    return refuse(io, opened.problems.join('\n'))
  }
  const counting = countingTrials(opened.trials)
  const of = counting.filter((trial) => trial.task === task || trial.task.endsWith(`/${task}`))
  if (of.length === 0) {
    const names = [...new Set(counting.flatMap((trial) => [trial.task, trial.task.split('/')[1] ?? '']))]
    return refuse(io, `Run ${opened.run.run} has no trial of \`${task}\`${didYouMean(task, names)}`)
  }
  const trial = k === null ? of[0] : of.find((one) => String(one.k) === k)
  if (trial === undefined) {
    return refuse(io, `${task} has the trials ${of.map((one) => one.k).join(', ')}, but no ${k}.`)
  }
  const folder = attemptFolder(found.folder, trial)
  const view = trial.outcome === 'graded' ? await readEvidence(folder).catch(() => null) : null
  io.out.write(
    `${[...heading(trial), ...(view === null ? [] : timeline(view)), '', `Evidence: ${relative(io.root, folder)}`].join('\n')}\n`,
  )
  return 0
}

function heading(trial: Trial): readonly string[] {
  const first = `${trial.task} #${trial.k}, attempt ${trial.attempt}`
  if (trial.outcome === 'void') {
    return [`${first}: void (${trial.phase}: ${trial.cause})`, '', printable(trial.message)]
  }
  return [`${first}: ${trial.passed ? 'passed' : 'not passed'}; the agent ${trial.stop.kind}`, '', ...verdict(trial)]
}

function verdict(trial: GradedTrial): readonly string[] {
  const gates = Object.entries(trial.gates).map(([gate, check]) => `  ${check.padEnd(12)} ${gate}`)
  const checks = Object.entries(trial.checks).map(([rule, check]) => `  ${check.padEnd(12)} ${rule}`)
  const findings = trial.findings.map((finding) => `  ${finding.severity.padEnd(4)} ${printable(describe(finding))}`)
  return ['Gates', ...gates, '', 'Rules', ...checks, ...(findings.length > 0 ? ['', 'Findings', ...findings] : [])]
}

function timeline({ evidence, text }: EvidenceView): readonly string[] {
  const suites = evidence.suites.map(({ name, exit, ms }) => {
    const how = exit.ended === 'exited' ? `exit ${exit.exitCode}` : `${exit.ended} (${exit.reason})`
    return `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}: ${how}`
  })
  const snapshots = evidence.snapshots.map(({ seq, at, changes }, index) => {
    const before = new Set(evidence.snapshots[index - 1]?.changes.map(({ path }) => path))
    const fresh = changes.filter(({ path }) => !before.has(path)).map(({ path }) => printable(path))
    return `  ${(at / 1000).toFixed(1).padStart(6)} s  snapshot ${seq}: ${changes.length} changed${fresh.length > 0 ? `, first seen: ${fresh.slice(0, 5).join(', ')}` : ''}`
  })
  const last = text(evidence.finalMessage)?.trim() ?? ''
  return [
    '',
    'Suites',
    ...suites,
    '',
    'Timeline',
    ...snapshots,
    ...(last === '' ? [] : ['', 'Final message', `  ${printable(last).split('\n').join('\n  ')}`]),
  ]
}
