import type { TaskFacts } from '../evidence/evidence.ts'
import type { TaskKind } from '../task/task.ts'
import type { Gate } from './rule.ts'

const ofKind: Readonly<Record<TaskKind, readonly Gate[]>> = {
  feature: ['fail-to-pass', 'pass-to-pass', 'scope', 'no-tampering'],
  bugfix: ['fail-to-pass', 'pass-to-pass', 'scope', 'no-tampering'],
  plan: ['fail-to-pass', 'pass-to-pass', 'scope', 'no-tampering'],
  tests: ['deliverable', 'new-tests', 'green', 'mutants', 'shuffled', 'no-tampering'],
  clarify: ['clarified', 'fail-to-pass', 'pass-to-pass', 'scope', 'no-tampering'],
  impossible: ['declined', 'scope', 'no-tampering'],
}

/** Every gate that must pass: by the task's kind, and `unasked` in the twin of a clarify task. */
export function requiredGates({ kind, twinOf }: Pick<TaskFacts, 'kind' | 'twinOf'>): readonly Gate[] {
  return twinOf === undefined ? ofKind[kind] : [...ofKind[kind], 'unasked']
}

/** Gates for which `na` is enough: who declines an impossible task rightly changes nothing, and `declined` sees to it that doing nothing is no pass. */
export function mayBeIdle(kind: TaskKind, gate: Gate): boolean {
  return kind === 'impossible' && gate !== 'declined'
}
