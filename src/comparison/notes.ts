import type { Run } from '../results/run.ts'
import type { Comparison } from './comparison.ts'
import { answeredModels, type StoredArm } from './stored-arm.ts'

/** The sentences of the first lines: what limits all that follows, whatever the figures say. */
export function notesOf(a: StoredArm, b: StoredArm, order: Comparison['order']): readonly string[] {
  return [
    ...pipelineNotes([a, b]),
    ...variantNote(a.run, b.run),
    ...(order === 'separate'
      ? ['The two runs were made one after the other: drift of the model and of the machine in between is part of the difference.']
      : []),
    ...drawNotes(a.run, b.run),
    ...machineNotes(a.run, b.run),
    ...new Set([...a.run.warnings, ...b.run.warnings]),
  ]
}

/** That runs did not measure an agent, where no model was asked what it would do. */
export function pipelineNotes(arms: readonly StoredArm[]): readonly string[] {
  const variants = arms.map(({ run }) => run.variant)
  if (variants.every(({ runner }) => runner === 'command') && arms.every((arm) => answeredModels(arm).length === 0)) {
    return ['No model answered in these runs: the program worked without one.']
  }
  if (variants.some(({ runner, upstream }) => runner === 'nop' || upstream === 'reference')) {
    return ['This measured the pipeline, not agents: no model read a prompt.']
  }
  return variants.some(({ upstream }) => upstream === 'replay')
    ? ['This measured the pipeline, not agents: recorded answers were played again.']
    : []
}

function variantNote(a: Run, b: Run): readonly string[] {
  if (a.variant.digest === b.variant.digest) {
    return ['Both runs are of one variant: what differs is chance.']
  }
  return a.variant.agent.promptDigest === b.variant.agent.promptDigest && a.variant.runner !== 'command'
    ? ['Both prompts are the same: what differs is chance, or a setting.']
    : []
}

function drawNotes(a: Run, b: Run): readonly string[] {
  const notes: string[] = []
  if (a.plan.seed !== b.plan.seed) {
    notes.push(`The seeds differ (${a.plan.seed} and ${b.plan.seed}): readings and orders were not drawn alike.`)
  }
  if (a.plan.trials !== b.plan.trials) {
    const fewer = Math.min(a.plan.trials, b.plan.trials)
    notes.push(
      `A has ${a.plan.trials} trials a task and B has ${b.plan.trials}: the first ${fewer} of each are paired, the others do not count.`,
    )
  }
  return notes
}

function machineNotes(a: Run, b: Run): readonly string[] {
  const same = (of: (run: Run) => unknown) => JSON.stringify(of(a)) === JSON.stringify(of(b))
  const differing = [
    ...(same(({ host }) => host) ? [] : ['machines']),
    ...(same(({ versions }) => versions) ? [] : ['versions of node, bubblewrap, git or python']),
    ...(same(({ limitsBy }) => limitsBy) ? [] : ['means of holding commands to their limits']),
  ]
  return differing.length === 0 ? [] : [`The two runs had different ${differing.join(' and different ')}.`]
}
