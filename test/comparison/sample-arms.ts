import type { StoredArm } from '../../src/comparison/stored-arm.ts'
import type { Run } from '../../src/results/run.ts'
import type { GradedTrial, Trial } from '../../src/results/trial.ts'
import { graded, RUN_ID, sampleRun, voided } from '../results/sample-run.ts'

/** What became of a task's trials, a letter each: P passed, F failed, V void three times, w void once and then passed, - not run. */
export type Letters = string

export const RUN_B = RUN_ID.replace(/F$/, 'G')

/** A stored run of which each task's trials came out as its letters say. B's prompt is another one than A's. */
export function arm(
  name: 'a' | 'b',
  tasks: Readonly<Record<string, Letters>>,
  change: Partial<Run> = {},
  trialChange: (task: string, k: number) => Partial<GradedTrial> = () => ({}),
): StoredArm {
  const trials = Math.max(...Object.values(tasks).map(({ length }) => length))
  const base = sampleRun(Object.keys(tasks), trials)
  const variant =
    name === 'a'
      ? base.variant
      : {
          ...base.variant,
          agent: { ...base.variant.agent, promptDigest: '9'.repeat(64), fileDigest: '8'.repeat(64) },
          digest: '7'.repeat(64),
        }
  const run: Run = { ...base, run: name === 'a' ? RUN_ID : RUN_B, variant, ...change }
  const attempts = Object.entries(tasks).flatMap(([task, letters]) =>
    [...letters].flatMap((letter, index) => attemptsOf(run, task, index + 1, letter, trialChange(task, index + 1))),
  )
  return { run, trials: attempts, folder: `results/${run.run}` }
}

function attemptsOf(run: Run, task: string, k: number, letter: string, change: Partial<GradedTrial>): readonly Trial[] {
  switch (letter) {
    case 'P':
      return [graded(run, task, k, change)]
    case 'F':
      return [graded(run, task, k, { passed: false, ...change })]
    case 'V':
      return [1, 2, 3].map((attempt) => voided(run, task, k, { attempt }))
    case 'w':
      return [voided(run, task, k), graded(run, task, k, { attempt: 2, ...change })]
    case '-':
      return []
    default:
      throw new Error(`no trial comes out as ${letter}`)
  }
}

/** `count` tasks with the same letters. */
export function tasks(count: number, letters: Letters, prefix = 'shop/t'): Readonly<Record<string, Letters>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${String(index + 1).padStart(2, '0')}`, letters]))
}
