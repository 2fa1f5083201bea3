import type { Arm, ArmName } from './comparison.ts'
import type { PairedTask } from './pairing.ts'
import { answeredModels, type StoredArm } from './stored-arm.ts'
import { taskArm } from './task-differences.ts'

/** One side of a comparison, with every denominator of its pass rate. */
export function armOf(stored: StoredArm, tasks: readonly PairedTask[], name: ArmName): Arm {
  const { run, folder } = stored
  const { agent, runner, upstream, model } = run.variant
  const arms = tasks.map((task) => taskArm(task, name, run.plan.trials))
  const sum = (of: (arm: (typeof arms)[number]) => number) => arms.reduce((total, arm) => total + of(arm), 0)
  const graded = tasks.flatMap(({ trials }) => trials).filter((trial) => trial[name]?.outcome === 'graded').length
  return {
    run: run.run,
    createdAt: run.createdAt,
    folder,
    agent,
    runner,
    upstream,
    model: { asked: model, answered: answeredModels(stored) },
    passed: sum(({ passed }) => passed),
    counted: sum(({ counted }) => counted),
    planned: tasks.length * run.plan.trials,
    unpartnered: graded - sum(({ counted }) => counted),
    voids: sum(({ voids }) => voids),
    notRun: sum(({ notRun }) => notRun),
  }
}
