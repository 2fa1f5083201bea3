import { countingTrials } from '../results/plan.ts'
import type { Run } from '../results/run.ts'
import type { Trial } from '../results/trial.ts'
import { type SuiteEnd, TOOLCHAIN_MISSING } from '../run-suite.ts'
import type { ExitCode } from './terminal-io.ts'

/** How a run ended, as one sentence and one exit code: what is printed and what a script sees cannot differ. */
export interface RunExit {
  readonly code: ExitCode
  readonly sentence: string | null
}

/** The one rule from a run's end to its exit code. `minPassRate` is a share from 0 to 1, or null; `name` is what `resume` knows it by. */
export function judgeExit(
  run: Run,
  trials: readonly Trial[],
  end: SuiteEnd,
  minPassRate: number | null,
  signal: unknown,
  name = run.run,
): RunExit {
  if (end.why === 'interrupted') {
    const sentence = `Interrupted. Go on with: npm run assay -- resume ${name}`
    return { code: signal === 'SIGTERM' ? 143 : 130, sentence }
  }
  if (end.why === 'disk-full') {
    return {
      code: 3,
      sentence: `The disk refused a result; nothing was counted that is not stored. Make room, then: npm run assay -- resume ${name}`,
    }
  }
  if (end.why === 'voids') {
    return {
      code: 3,
      sentence: `Stopped: attempt after attempt was void, so something is wrong with the machine or the model's service. Then: npm run assay -- resume ${name}`,
    }
  }
  const counting = countingTrials(trials)
  const answered = new Set(counting.flatMap((trial) => trial.models))
  if (answered.size > 1) {
    return { code: 3, sentence: `Invalid: ${[...answered].join(' and ')} both answered in one run.` }
  }
  const passed = counting.filter((trial) => trial.outcome === 'graded' && trial.passed).length
  // A machine without the server of one fixture proves the pipeline on the others; it must not look as if the pipeline were broken.
  const lacking = counting.filter((trial) => trial.outcome === 'void' && trial.cause === TOOLCHAIN_MISSING)
  const proves = run.variant.upstream === 'reference' && run.variant.runner === 'builtin'
  if (proves && (passed + lacking.length < counting.length || end.notRun > 0 || passed === 0)) {
    return { code: 1, sentence: 'A reference trial did not pass: the pipeline, the machine or a task is at fault, not an agent.' }
  }
  const graded = counting.filter((trial) => trial.outcome === 'graded').length
  if (minPassRate !== null && (graded === 0 || passed / graded < minPassRate)) {
    return { code: 1, sentence: `Pass rate ${passed} of ${graded} is below --min-pass-rate ${minPassRate}.` }
  }
  if (end.why === 'budget') {
    return {
      code: 0,
      sentence: `The budget is used up: ${end.notRun} trials were not run. Go on with: npm run assay -- resume ${name} --budget-usd N`,
    }
  }
  const what = `${lacking.length} of ${counting.length} trials are void: this machine has not what their fixture needs. npm run assay -- doctor says how to get it.`
  return { code: 0, sentence: lacking.length === 0 ? null : what }
}
