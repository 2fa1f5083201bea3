import type { Entry } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import type { Fixture } from '../fixture/fixture.ts'
import { questionsOfPage } from '../simulated-user/question.ts'
import type { TaskKind } from '../task/task.ts'
import { fileOperations, type ScriptedCall, type TreeChange } from './file-operations.ts'

/** What the reference needs to know of a task. `change` is what the solution does: for a clarify task, that of the reading that is asked for. */
export interface ReferencePlan {
  readonly kind: TaskKind
  /** The texts of ask.md and decline.md; null where the task has none. */
  readonly ask: string | null
  readonly decline: string | null
  readonly layers: Fixture['layers']
  /** As the fixture's CLAUDE.md documents it. */
  readonly testCommand: string
  readonly change: TreeChange
}

/** One answer of the scripted model: what it says, then the tools that it calls. A turn without calls is its last. */
export interface ReferenceTurn {
  readonly text: string
  readonly calls: readonly ScriptedCall[]
}

/** As long as the tool server lets a command run. Milliseconds. */
const TEST_TIMEOUT_MS = 600_000

/** A sibling is read to see how its layer is written, so a generated giant is none. Bytes. */
const SIBLING_LIMIT = 64 * 1024

/**
 * The turns of an agent that knows the solution: read CLAUDE.md and one sibling a touched layer, make the change layer by layer, run the documented
 * tests, say what was done. A clarify task is asked first; an impossible one is declined.
 */
export function referenceScript(plan: ReferencePlan): readonly ReferenceTurn[] {
  const begin = readTurn('I read the project first.', plan.change.base.has('CLAUDE.md') ? ['CLAUDE.md'] : [])
  switch (plan.kind) {
    case 'impossible':
      return [...begin, { text: (plan.decline ?? '').trim(), calls: [] }]
    case 'clarify':
      return [...begin, askTurn(plan.ask ?? ''), ...(plan.change.files.size > 0 ? solutionTurns(plan) : [])]
    default:
      return [...begin, ...solutionTurns(plan)]
  }
}

function askTurn(ask: string): ReferenceTurn {
  return {
    text: 'Before I change anything, I ask.',
    calls: [{ name: 'ask_user', input: { questions: questionsOfPage(ask).map((text) => ({ text })) } }],
  }
}

function solutionTurns(plan: ReferencePlan): readonly ReferenceTurn[] {
  const { removals, changes } = fileOperations(plan.change)
  const layers = touchedLayers(plan, [...changes.keys()])
  const siblings = layers.flatMap(({ globs }) => siblingOf(globs, plan.change) ?? [])
  const done = [...plan.change.files.keys()].toSorted().map((path) => `- ${path}`)
  return [
    ...readTurn('I look at how the layers that I touch are written.', [...new Set(siblings)]),
    ...(removals.length > 0 ? [{ text: 'I remove what goes.', calls: removals }] : []),
    ...layers
      .map(({ name, paths }) => ({ text: `I write: ${name}.`, calls: paths.flatMap((path) => changes.get(path) ?? []) }))
      .filter(({ calls }) => calls.length > 0),
    { text: 'I run the tests.', calls: [{ name: 'bash', input: { command: plan.testCommand, timeout_ms: TEST_TIMEOUT_MS } }] },
    { text: `I changed:\n${done.join('\n')}\n\nI ran \`${plan.testCommand}\` afterwards; its output is above.`, calls: [] },
  ]
}

interface TouchedLayer {
  readonly name: string
  readonly globs: readonly string[]
  readonly paths: readonly string[]
}

/** In the fixture's order; a path belongs to the first layer that matches it, and those of no layer come last. */
function touchedLayers({ layers }: ReferencePlan, paths: readonly string[]): readonly TouchedLayer[] {
  const rest = new Set(paths)
  const touched = layers.map(({ name, globs }) => {
    const matches = matcher(globs)
    const own = [...rest].filter((path) => matches(path))
    for (const path of own) {
      rest.delete(path)
    }
    return { name, globs, paths: own }
  })
  return [...touched, { name: 'the rest', globs: [], paths: [...rest] }].filter((layer) => layer.paths.length > 0)
}

/** A file of the layer that the solution leaves alone; the one nearest to what it touches. */
function siblingOf(globs: readonly string[], { base, files }: TreeChange): string | null {
  const matches = matcher(globs)
  const touched = [...files.keys()].filter((path) => matches(path))
  const candidates = [...base].filter(([path, entry]) => isSmallFile(entry) && !files.has(path) && matches(path)).map(([path]) => path)
  const nearness = (path: string) => Math.max(...touched.map((other) => sharedParts(path, other)))
  return candidates.toSorted((a, b) => nearness(b) - nearness(a) || (a < b ? -1 : 1))[0] ?? null
}

function isSmallFile(entry: Entry): boolean {
  return entry.type === 'file' && entry.size > 0 && entry.size <= SIBLING_LIMIT
}

function sharedParts(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')]
  const differs = one.findIndex((part, index) => part !== other[index])
  return differs === -1 ? one.length : differs
}

function readTurn(text: string, paths: readonly string[]): readonly ReferenceTurn[] {
  return paths.length === 0 ? [] : [{ text, calls: paths.map((path) => ({ name: 'read', input: { file_path: path } })) }]
}
