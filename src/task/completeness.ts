import type { Problem } from './problem.ts'
import type { Task } from './task.ts'

/**
 * What a readable task still lacks to be proved fair. `check` asks for it, a run does not. `shown` is the folder as problems name it.
 * Kind `impossible` has no solution to vary (its right answer is `decline.md`), kind `clarify` one a reading.
 */
export function completenessOf(task: Task, shown: string): readonly Problem[] {
  const lacks = (met: boolean, message: string): readonly Problem[] => (met ? [] : [{ file: `${shown}/task.md`, line: 1, message }])
  const varied = task.kind !== 'impossible' && task.kind !== 'clarify'
  return [
    ...lacks(!varied || task.right.size >= 1, 'needs another correct solution: at least 1 patch in right/, got 0'),
    ...lacks(task.wrong.size >= 4, `needs wrong solutions that must be rejected: at least 4 patches in wrong/, got ${task.wrong.size}`),
    ...lacks(task.mistake !== '', 'needs `mistake`: one line on the mistake that it is there to catch'),
    ...lacks(task.kind !== 'clarify' || task.readings.size >= 2, 'needs a question that is open: at least 2 folders in readings/'),
    ...lacks(task.kind !== 'clarify' || task.twin !== null, 'needs `clarify.twin`: the task in which the questions are settled'),
    ...lacks(task.kind !== 'impossible' || task.tests.size > 0, 'needs the test that contradicts the instruction in tests/'),
  ]
}
