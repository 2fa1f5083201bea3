import type { Fixture } from '../fixture/fixture.ts'
import type { Task, TaskKind } from './task.ts'

/** Why a task's receipt does not prove it fair as it is now, as a sentence; null where it does. */
export function isStale(task: Task, fixtures: readonly Fixture[], rules: (kind: TaskKind) => string): string | null {
  const again = `Prove it again: npm run assay -- check ${task.id}`
  if (task.expected === null) {
    return `${task.id} was never proven fair: expected.json is missing. ${again}`
  }
  const fixture = fixtures.find(({ name }) => name === task.fixture)
  const changed = [
    ...(task.expected.task === task.digest ? [] : ['the task']),
    ...(task.expected.fixture === fixture?.digest ? [] : ['its fixture']),
    ...(task.expected.rules === rules(task.kind) ? [] : ['a rule that its verdict needs']),
  ]
  return changed.length === 0 ? null : `${task.id}: ${changed.join(' and ')} changed after it was proven fair. ${again}`
}
