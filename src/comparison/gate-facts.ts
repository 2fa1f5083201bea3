import { countingTrials } from '../results/plan.ts'
import { type Baseline, type BaselineTask, totalOf } from './baseline.ts'
import type { Comparison, InvalidReason } from './comparison.ts'
import type { GateFacts, GateInput } from './gate.ts'
import { pipelineNotes } from './notes.ts'
import { whatDiffers } from './pairing.ts'
import { answeredModels, type StoredArm } from './stored-arm.ts'
import { runReasons } from './validity.ts'

/** How strict a gate is. */
export type GateSettings = Pick<GateFacts, 'minRuns' | 'tolerance'>

/** What a gate knows where the baseline's revision was run again beside the run's: trials of both, and the records of tasks that are still the same. */
export function factsOfComparison(baseline: Baseline, comparison: Comparison, run: StoredArm, settings: GateSettings): GateFacts {
  const planned = new Map(run.run.plan.tasks.map((task) => [task.task, task]))
  const same = baseline.tasks.filter((task) => {
    const now = planned.get(task.task)
    return now !== undefined && whatDiffers(task, now) === null
  })
  return {
    ...settings,
    against: 'interleaved',
    tasks: comparison.tasks.map(({ task, title, a, b }) => ({ task, title, a, b })),
    baseline: { promptDigest: baseline.variant.agent.promptDigest, tasks: same },
    reasons: comparison.validity.reasons,
    notes: comparison.notes,
    leftOut: comparison.leftOut,
    comparison,
    seed: run.run.plan.seed,
  }
}

/** What a gate knows where recorded counts stand for the baseline's revision. Only records of its own prompt are counted. */
export function factsOfRecords(baseline: Baseline, run: StoredArm, settings: GateSettings): GateFacts {
  const { promptDigest } = baseline.variant.agent
  const trials = Map.groupBy(countingTrials(run.trials), ({ task }) => task)
  const tasks: GateInput[] = []
  const leftOut: { task: string; why: string }[] = []
  for (const planned of run.run.plan.tasks) {
    const recorded = baseline.tasks.find(({ task }) => task === planned.task)
    const graded = (trials.get(planned.task) ?? []).filter((trial) => trial.outcome === 'graded')
    const why = whyNot(recorded, planned, graded.length, promptDigest)
    if (why === null && recorded !== undefined) {
      const { passed, graded: counted } = totalOf(recorded.records.filter((record) => record.promptDigest === promptDigest))
      const b = { passed: graded.filter((trial) => trial.outcome === 'graded' && trial.passed).length, counted: graded.length }
      tasks.push({ task: planned.task, title: planned.title, a: { passed, counted }, b })
    } else {
      leftOut.push({ task: planned.task, why: why ?? 'the baseline does not have it' })
    }
  }
  return {
    ...settings,
    against: 'stored',
    tasks,
    baseline: { promptDigest, tasks: baseline.tasks },
    reasons: [...runReasons(run, 'b'), ...otherModel(baseline, run), ...(tasks.length === 0 ? nothingCounted(run) : [])],
    notes: pipelineNotes([run]),
    leftOut,
    comparison: null,
    seed: run.run.plan.seed,
  }
}

function whyNot(
  recorded: BaselineTask | undefined,
  planned: Parameters<typeof whatDiffers>[1],
  graded: number,
  promptDigest: string,
): string | null {
  if (recorded === undefined) {
    return 'the baseline does not have it'
  }
  const differs = whatDiffers(recorded, planned)
  if (differs !== null) {
    return differs
  }
  if (totalOf(recorded.records.filter((record) => record.promptDigest === promptDigest)).graded === 0) {
    return "the baseline has no record of it with the baseline's prompt"
  }
  return graded === 0 ? 'none of its trials was graded' : null
}

function otherModel({ answered }: Baseline, run: StoredArm): readonly InvalidReason[] {
  const [now] = answeredModels(run)
  return answered === null || now === undefined || now === answered ? [] : [{ kind: 'other-model-answered', a: answered, b: now }]
}

/** Said once: a run in which nothing was graded has said so already. */
function nothingCounted(run: StoredArm): readonly InvalidReason[] {
  return run.trials.some(({ outcome }) => outcome === 'graded') ? [{ kind: 'nothing-counted' }] : []
}
