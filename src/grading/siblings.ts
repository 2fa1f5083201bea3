import { matcher } from '../evidence/glob.ts'
import { type Layer, layerOf } from './layers.ts'
import type { GradingView } from './rule.ts'

/** A file of the base that a changed one can be compared with, as text: what its siblings have in common is told by patterns of text. */
export interface Sibling {
  readonly path: string
  readonly text: string
  readonly layer: Layer | null
  readonly isTest: boolean
}

const known = new WeakMap<GradingView, readonly Sibling[]>()

/** The backend's files as they were, as far as they were kept: those of every layer that was touched. */
export function siblingsIn(view: GradingView): readonly Sibling[] {
  const found = known.get(view) ?? readSiblings(view)
  known.set(view, found)
  return found
}

function readSiblings(view: GradingView): readonly Sibling[] {
  const { base, fixture } = view.evidence
  const isBackend = matcher(fixture.backend)
  const isTest = matcher(fixture.tests)
  const layer = layerOf(fixture)
  return Object.entries(base).flatMap(([path, digest]): readonly Sibling[] => {
    const text = isBackend(path) && /\.(?:py|[mc]?[tj]sx?|go)$/.test(path) ? view.text(digest) : null
    return text === null ? [] : [{ path, text, layer: layer(path), isTest: isTest(path) }]
  })
}

/** Where a match begins, as a line that counts from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
