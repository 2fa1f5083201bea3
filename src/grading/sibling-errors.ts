import { addedItems, type Item } from './added-items.ts'
import type { ChangedSource } from './changed-sources.ts'
import type { Layer } from './layers.ts'
import type { Observation } from './rule.ts'
import { lineAt, type Sibling } from './siblings.ts'

/** Errors raised in a layer from which on it has a way of its own. */
const ENOUGH = 5
/** What says nothing to a caller, or belongs to a framework where the project has errors of its own. */
const GENERIC =
  /^(?:Exception|BaseException|RuntimeError|ValueError|TypeError|KeyError|LookupError|PermissionError|Http404|APIException|HTTPException|HttpException|Error)$/

/** Generic errors that are newly raised in a layer which raises only those of the project. */
export function unlikeErrors(
  sources: readonly ChangedSource[],
  siblings: readonly Sibling[],
  layerOf: (path: string) => Layer | null,
): readonly Observation[] {
  const before = sources.flatMap(({ path, before: tree }) => (tree === null ? [] : raised(path, tree.text)))
  const after = sources.filter(({ isTest }) => !isTest).flatMap(({ path, after: tree }) => (tree === null ? [] : raised(path, tree.text)))
  return addedItems(before, after)
    .filter(({ text }) => GENERIC.test(text))
    .flatMap(({ path, line, text }): readonly Observation[] => {
      const layer = layerOf(path)
      const own = siblings.filter((sibling) => layer !== null && sibling.layer?.rank === layer.rank && !sibling.isTest)
      const usual = own.flatMap((sibling) => raised(sibling.path, sibling.text).map((one) => one.text))
      const isUsual = usual.length < ENOUGH || usual.some((one) => GENERIC.test(one))
      return isUsual
        ? []
        : [
            {
              code: 'UNLIKE_SIBLINGS',
              path,
              line,
              args: { what: 'error', name: text, like: [...new Set(usual)].toSorted().slice(0, 3).join(', ') },
            },
          ]
    })
}

function raised(path: string, text: string): readonly Item[] {
  const pattern = path.endsWith('.py') ? /^[ \t]*raise (?:\w+\.)*([A-Z]\w*)/gm : /\bthrow new (?:\w+\.)*([A-Z]\w*)/g
  return [...text.matchAll(pattern)].map(({ index, 1: name = '' }) => ({ path, scope: name, line: lineAt(text, index), text: name }))
}
