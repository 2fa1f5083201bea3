import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import { layerOf } from './layers.ts'
import { folderAfter, pathsRead } from './paths-read.ts'
import type { Observation, Rule } from './rule.ts'
import { type Step, type Timeline, timelineOf } from './timeline.ts'

/**
 * A file of a layer that was there before is read before the layer is first changed: a sibling, or, where only existing files are edited, one of
 * those. What was called is what the model said; that it was answered is the runner's word where `seen` is `claimed`.
 */
export const exploresFirst: Rule = {
  id: 'process/explores-first',
  version: 1,
  measures: 'Explores the backend and finds similar implementations, in each layer that it goes on to change.',
  agentRules: ['F2', 'W2'],
  rests: ['snapshots', 'tools'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) => {
    const timeline = timelineOf(view)
    if (timeline === null) {
      return INCONCLUSIVE
    }
    const layer = layerOf(view.evidence.fixture)
    const firsts = firstTouches(timeline, (path) => layer(path)?.name ?? null)
    if (firsts.size === 0) {
      return NA
    }
    if (timeline.requests === 0) {
      return INCONCLUSIVE
    }
    const reads = readsOf(timeline)
    const made = new Set(timeline.steps.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'added').map(({ path }) => path)))
    const seen = view.evidence.runner.trust
    return failIfAny(
      [...firsts].flatMap(([name, { step, path }]): readonly Observation[] => {
        const known = reads.some((one) => one.seq < step.unseen && suffixes(one.path).some((p) => !made.has(p) && layer(p)?.name === name))
        return known ? [] : [{ code: 'LAYER_NOT_EXPLORED', path, args: { layer: name, snapshot: step.snapshot, seen } }]
      }),
    )
  },
}

function firstTouches({ steps }: Timeline, layer: (path: string) => string | null): ReadonlyMap<string, { step: Step; path: string }> {
  const firsts = new Map<string, { step: Step; path: string }>()
  for (const step of steps) {
    for (const path of step.touched) {
      const name = layer(path)
      if (name !== null && !firsts.has(name)) {
        firsts.set(name, { step, path })
      }
    }
  }
  return firsts
}

function readsOf({ calls }: Timeline): readonly { readonly seq: number; readonly path: string }[] {
  const folders = new Map<string, string>()
  return calls.flatMap((call) => {
    const cwd = folders.get(call.thread) ?? ''
    if (typeof call.input.command === 'string') {
      folders.set(call.thread, folderAfter(call.input.command, cwd))
    }
    return pathsRead(call, cwd).map((path) => ({ seq: call.result?.seq ?? call.seq, path }))
  })
}

/** An absolute path tells the repository's root only where it is known; on the weakest rung it is not. */
function suffixes(path: string): readonly string[] {
  const parts = path.split('/')
  return path.startsWith('/') ? parts.map((_, at) => parts.slice(at).join('/')).slice(1) : [path]
}
