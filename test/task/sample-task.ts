import type { TaskReading } from '../../src/task/parse-task.ts'
import { parseTask } from '../../src/task/parse-task.ts'
import { printProblems } from '../../src/task/problem.ts'
import type { Task } from '../../src/task/task.ts'

export const patch = 'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-a\n+b\n'

/** The files of a task from their texts; `null` leaves a file of `base` out. */
export function taskFiles(
  base: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>> = {},
): Map<string, Uint8Array> {
  const files = Object.entries({ ...base, ...changes }).flatMap(([path, text]) =>
    text === null ? [] : [[path, Buffer.from(text)] as const],
  )
  return new Map(files)
}

export const feature = {
  'task.md': '---\ntitle: Add a field\nkind: feature\n---\n\nAdd `created_at`.\n',
  'solution.patch': patch,
  'tests/backend/tests/test_field.py': 'def test_field(): pass\n',
}

export const writeTests = {
  'task.md': '---\ntitle: Write tests\nkind: tests\ndeliverable: [backend/tests/**]\nkill: 2\n---\nWrite tests.\n',
  'solution.patch': patch,
  'right/one.patch': patch,
  'right/two.patch': patch,
  'mutants/one.patch': patch,
  'mutants/two.patch': patch,
}

export const clarify = {
  'task.md': `---
title: Assign reviewers
kind: clarify
clarify:
  must_ask:
    - id: how-many
      situation: relation
      terms: [[one, single], [several, many]]
      readings:
        one: One reviewer.
        many: Any number of reviewers.
  must_not_ask:
    - id: status-code
      situation: status
      terms: [[status]]
  twin: assign-many
---
Documents get reviewers.
`,
  'ask.md': 'One reviewer or several?\n',
  'readings/one/solution.patch': patch,
  'readings/one/tests/backend/test_one.py': 'one\n',
  'readings/many/solution.patch': patch,
  'readings/many/tests/backend/test_many.py': 'many\n',
}

export const impossible = {
  'task.md':
    '---\ntitle: Delete at once\nkind: impossible\ndecline: {terms: [[contradict*, conflict*], [retention]]}\n---\nDelete it at once.\n',
  'decline.md': 'This contradicts the retention rule.\n',
  'tests/backend/test_retention.py': 'retention\n',
}

function read(files: Map<string, Uint8Array>): TaskReading {
  return parseTask({ fixture: 'shop', name: 'sample', folder: '/tasks/shop/sample', shown: 'tasks/shop/sample', files })
}

export function problemsOf(files: Map<string, Uint8Array>): string {
  const reading = read(files)
  return reading.kind === 'bad' ? printProblems(reading.problems) : 'read without problems'
}

/** The task, or an error with its problems. */
export function taskOf(files: Map<string, Uint8Array>): Task {
  const reading = read(files)
  if (reading.kind === 'bad') {
    throw new Error(printProblems(reading.problems))
  }
  return reading.task
}
