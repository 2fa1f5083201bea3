import { measureConcurrency } from './concurrency-row.ts'
import { measureMemory } from './memory-row.ts'
import type { Place } from './place.ts'
import type { Measured, Row } from './row.ts'
import { measureSnapshot } from './snapshot-row.ts'
import { measureSpawn } from './spawn-row.ts'
import { measureTrials, type TrialRows } from './trial-rows.ts'
import { measureCleanRoom, measureWorkspace } from './workspace-rows.ts'

/** How often each thing is measured. */
interface Rounds {
  readonly pairs: number
  readonly wholeTrials: number
  readonly sleepers: { readonly trials: number; readonly pairs: number }
  readonly memoryTrials: number
}

export const rounds = {
  full: { pairs: 21, wholeTrials: 7, sleepers: { trials: 10, pairs: 3 }, memoryTrials: 3000 },
  quick: { pairs: 7, wholeTrials: 2, sleepers: { trials: 4, pairs: 1 }, memoryTrials: 300 },
} as const satisfies Record<string, Rounds>

/** `real` and `tiny` give the fixture with a fresh folder for one measurement, or reject where it cannot be made ready. */
export interface MeasurePlan {
  readonly real: (name: string) => Promise<Place>
  readonly tiny: (name: string) => Promise<Place>
  /** The program that counts memory, see `measureMemory`. */
  readonly program: string
  readonly rounds: Rounds
  readonly say: (line: string) => void
}

/** Measures everything, in the order of the table. What cannot be measured is a row that says why. */
export async function measureRows({
  real,
  tiny,
  program,
  rounds: { pairs, wholeTrials, sleepers, memoryTrials },
  say,
}: MeasurePlan): Promise<readonly Row[]> {
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | Missing> => {
    say(`measuring ${what} ...`)
    try {
      return await work()
    } catch (error) {
      return { kind: 'missing', why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
    }
  }
  const workspace = await attempt('workspaces', async () => measureWorkspace(await real('workspace'), pairs))
  const spawn = await attempt('spawns', async () => measureSpawn(await real('spawn'), pairs))
  const snapshot = await attempt('snapshots', async () => measureSnapshot(await real('snapshot'), pairs))
  const cleanRoom = await attempt('clean rooms', async () => measureCleanRoom(await real('clean-room'), pairs))
  const sandboxMs = 'extraMs' in spawn ? spawn.extraMs : 0
  const trial = await attempt(`${wholeTrials} whole trials`, async () => measureTrials(await real('trial'), wholeTrials, sandboxMs))
  const concurrency = await attempt('concurrency', async () => measureConcurrency(await tiny('sleepers'), sleepers.trials, sleepers.pairs))
  const memory = await attempt(`memory over ${memoryTrials} trials`, () => measureMemory(program, memoryTrials))
  const of = (part: keyof TrialRows): Measured => ('kind' in trial ? trial : trial[part])
  return [
    {
      name: 'harness ÷ (agent + suite)',
      means:
        'all of a trial that is neither the agent nor the test suite, divided by those two; the agent does nothing, so the suite is all of it. The aim is for suites of 3 s and more.',
      aim: { for: 'at-most', value: 0.02 },
      measured: of('harness'),
    },
    {
      name: '  agent phase ÷ suite',
      means: 'of that: workspace opened and removed, two snapshots, the gateway, what the agent did sealed on disk.',
      aim: null,
      measured: of('agentPhase'),
    },
    {
      name: '  suites phase ÷ suite',
      means:
        "of that: clean room, canaries, the sandbox around the suite, report read, evidence sealed on disk; the suite's own time is left out.",
      aim: null,
      measured: of('suitesPhase'),
    },
    { name: '  grading ÷ suite', means: 'of that: evidence read back and judged.', aim: null, measured: of('grade') },
    {
      name: '  the rest ÷ suite',
      means: "of that: the trial's line stored and synced, its scratch folder removed.",
      aim: null,
      measured: of('rest'),
    },
    {
      name: 'workspace ÷ git checkout-index',
      means:
        'a private workspace, dependencies included, opened and removed, divided by git writing the tracked files (no dependencies) and their removal.',
      aim: { for: 'at-most', value: 0.25 },
      measured: workspace,
    },
    {
      name: 'clean room ÷ git checkout-index',
      means: "the agent's changes decided on and laid over a fresh workspace, which is then removed, divided by the same.",
      aim: null,
      measured: cleanRoom,
    },
    {
      name: 'snapshot ÷ git add',
      means: 'finding what changed in a workspace, as before each turn of an agent, divided by `git add -A` of the same change.',
      aim: null,
      measured: snapshot,
    },
    {
      name: 'sandboxed ÷ bare spawn',
      means: 'the program `true` in the sandbox, with all limits in force, divided by `true` without one.',
      aim: null,
      measured: 'measured' in spawn ? spawn.measured : spawn,
    },
    {
      name: 'two at a time',
      means:
        'time of trials run one after another, divided by twice their time at two at a time, with an agent that sleeps: 1 is a whole second worker.',
      aim: { for: 'at-least', value: 0.95 },
      measured: concurrency,
    },
    {
      name: 'memory growth per 1,000 trials',
      means: 'resident memory of the harness after garbage collection, from the first third of the trials to the last.',
      aim: { for: 'at-most', value: 5 },
      measured: memory,
    },
  ]
}

type Missing = Extract<Measured, { readonly kind: 'missing' }>
