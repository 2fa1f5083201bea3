import type { Problem } from './problem.ts'
import { didYouMean } from './problem.ts'
import type { TaskFiles } from './task-files.ts'
import type { TaskFrontMatter } from './task-schema.ts'
import type { Positioned } from './yaml-document.ts'

/** What task.md says against what lies beside it. `document` is the front matter of task.md, `shown` the folder as problems name it. */
export function crossCheck(front: TaskFrontMatter, files: TaskFiles, document: Positioned, shown: string): readonly Problem[] {
  const file = `${shown}/task.md`
  const mistakes = [
    ...wrongMistakes(front, files),
    ...kindMistakes(front, files),
    ...strayMistakes(front, files),
    ...measureMistakes(front, files),
    ...clarifyMistakes(front, files),
  ]
  return mistakes.map(({ path, message }) => ({ file, ...document.at(path), message }))
}

interface Mistake {
  /** The key of the front matter that the mistake is told at. */
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function wrongMistakes(front: TaskFrontMatter, files: TaskFiles): readonly Mistake[] {
  const listed = Object.keys(front.wrong)
  const present = [...files.wrong.keys()]
  return [
    ...listed
      .filter((name) => !files.wrong.has(name))
      .map((name) => ({
        path: ['wrong', name],
        message: `\`wrong.${name}\`: there is no wrong/${name}.patch${didYouMean(name, present)}`,
      })),
    ...present
      .filter((name) => !listed.includes(name))
      .map((name) => ({ path: ['wrong'], message: `\`wrong\`: the findings that wrong/${name}.patch must draw are not listed` })),
  ]
}

function kindMistakes(front: TaskFrontMatter, files: TaskFiles): readonly Mistake[] {
  const needs = (met: boolean, what: string): readonly Mistake[] =>
    met ? [] : [{ path: ['kind'], message: `kind \`${front.kind}\` needs ${what}` }]
  const solution = needs(files.texts.has('solution.patch'), 'solution.patch')
  switch (front.kind) {
    case 'feature':
    case 'bugfix':
    case 'plan':
      return [...solution, ...needs(files.tests.size > 0, 'hidden tests in tests/')]
    case 'tests':
      return [
        ...solution,
        ...needs(front.deliverable.length > 0, '`deliverable`'),
        ...needs(front.kill !== undefined, '`kill`'),
        ...needs(files.right.size >= 2, `at least 2 patches in right/, got ${files.right.size}`),
        ...needs(files.mutants.size >= (front.kill ?? 1), `as many patches in mutants/ as \`kill\` says, got ${files.mutants.size}`),
      ]
    case 'clarify':
      return [
        ...needs(hasText(files, 'ask.md'), 'ask.md'),
        ...needs(front.clarify !== undefined, '`clarify`'),
        ...needs(files.readings.size > 0, 'readings/'),
      ]
    case 'impossible':
      return [...needs(hasText(files, 'decline.md'), 'decline.md'), ...needs(front.decline !== undefined, '`decline`')]
  }
}

function hasText(files: TaskFiles, name: 'ask.md' | 'decline.md'): boolean {
  return (files.texts.get(name) ?? '').trim() !== ''
}

function measureMistakes(front: TaskFrontMatter, files: TaskFiles): readonly Mistake[] {
  const hasTests = files.tests.size > 0 || files.readings.size > 0
  return Object.keys(front.measures).length === 0 || hasTests
    ? []
    : [{ path: ['measures'], message: '`measures` needs hidden tests in tests/' }]
}

function strayMistakes(front: TaskFrontMatter, files: TaskFiles): readonly Mistake[] {
  const belongs = (kind: TaskFrontMatter['kind'], present: boolean, what: string, path: readonly PropertyKey[]): readonly Mistake[] =>
    !present || front.kind === kind ? [] : [{ path, message: `${what} belongs to kind \`${kind}\`, this is \`${front.kind}\`` }]
  return [
    ...belongs('tests', front.deliverable.length > 0, '`deliverable`', ['deliverable']),
    ...belongs('tests', front.kill !== undefined, '`kill`', ['kill']),
    ...belongs('tests', files.mutants.size > 0, 'mutants/', ['kind']),
    ...belongs('clarify', front.clarify !== undefined, '`clarify`', ['clarify']),
    ...belongs('clarify', files.readings.size > 0, 'readings/', ['kind']),
    ...belongs('clarify', files.texts.has('ask.md'), 'ask.md', ['kind']),
    ...belongs('impossible', front.decline !== undefined, '`decline`', ['decline']),
    ...belongs('impossible', files.texts.has('decline.md'), 'decline.md', ['kind']),
  ]
}

function clarifyMistakes(front: TaskFrontMatter, files: TaskFiles): readonly Mistake[] {
  const clarify = front.clarify
  if (clarify === undefined) {
    return []
  }
  const folders = [...files.readings.keys()]
  const ids = [...clarify.must_ask, ...clarify.must_not_ask].map((question) => question.id)
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index)
  return [
    ...repeated.map((id) => ({ path: ['clarify'], message: `\`clarify\`: the question \`${id}\` stands there twice` })),
    ...clarify.must_ask.flatMap((question, index) =>
      readingMistakes(question.readings, folders, ['clarify', 'must_ask', index, 'readings']),
    ),
    ...[...files.readings].flatMap(([id, reading]) =>
      reading.solution === '' || reading.tests.size === 0
        ? [{ path: ['clarify'], message: `readings/${id} needs solution.patch and hidden tests in tests/` }]
        : [],
    ),
  ]
}

function readingMistakes(
  answers: Readonly<Record<string, string>>,
  folders: readonly string[],
  path: readonly PropertyKey[],
): readonly Mistake[] {
  const answered = Object.keys(answers)
  return [
    ...answered
      .filter((id) => !folders.includes(id))
      .map((id) => ({ path: [...path, id], message: `there is no folder readings/${id}${didYouMean(id, folders)}` })),
    ...folders.filter((id) => !answered.includes(id)).map((id) => ({ path, message: `the answer for readings/${id} is missing` })),
  ]
}
