import { childOf, type SyntaxTree } from '../syntax/syntax.ts'
import { functionsOf } from './changed-functions.ts'
import type { GradingView } from './rule.ts'
import { fourGrams, shapeOf } from './source-tokens.ts'

/** A function that the fixture labels as a helper. `grams` is empty where it is too short to be told from chance. */
export interface Helper {
  readonly path: string
  readonly name: string
  readonly language: SyntaxTree['language']
  readonly grams: ReadonlySet<string>
}

/** `partly`: some helpers cannot be read; `none`: the fixture labels none. Labelled classes are not compared. */
export type HelpersReading = { readonly kind: 'all' | 'partly'; readonly helpers: readonly Helper[] } | { readonly kind: 'none' }

/** Tokens of the shortest body that is compared. */
const SHORTEST = 25

/** Reads the labelled helpers as they are in the base. */
export function readHelpers(view: GradingView): HelpersReading {
  const { fixture, base } = view.evidence
  if (fixture.helpers?.length === 0) {
    return { kind: 'none' }
  }
  const labelled = fixture.helpers ?? []
  const trees = new Map(
    [...new Set(labelled.map(({ path }) => path))].map((path) => {
      const digest = base[path]
      const text = digest === undefined ? null : view.text(digest)
      return [path, text === null ? null : (view.syntax?.parse(path, text) ?? null)] as const
    }),
  )
  const helpers = labelled.flatMap(({ path, name }): readonly Helper[] => {
    const tree = trees.get(path) ?? null
    const found = tree === null ? undefined : functionsOf(path, tree).find((one) => one.name === name)
    const body = found === undefined ? null : childOf(found.node, 'body')
    if (tree === null || body === null) {
      return []
    }
    const tokens = shapeOf(tree, body)
    return [{ path, name, language: tree.language, grams: tokens.length < SHORTEST ? new Set<string>() : fourGrams(tokens) }]
  })
  const isWhole = fixture.helpers !== undefined && [...trees.values()].every((tree) => tree?.broken === false)
  return { kind: isWhole ? 'all' : 'partly', helpers }
}
