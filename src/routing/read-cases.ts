import type { z } from 'zod'
import { checkShape } from '../task/check-shape.ts'
import type { Problem } from '../task/problem.ts'
import { readYaml } from '../task/yaml-document.ts'
import { type routes, routingSchema } from './routing-schema.ts'

export type Route = (typeof routes)[number]

export type RoutingCases = z.infer<typeof routingSchema>

export type RoutingCase = RoutingCases['cases'][number]

/** Reads `cases.yaml`, or tells every mistake in it. Pure. */
export function readCases(
  text: string,
  file: string,
): { readonly kind: 'read'; readonly cases: RoutingCases } | { readonly kind: 'bad'; readonly problems: readonly Problem[] } {
  const document = readYaml(text, file)
  const shape = document.kind === 'bad' ? document : checkShape(routingSchema, document, file)
  if (shape.kind === 'bad' || document.kind === 'bad') {
    return { kind: 'bad', problems: shape.kind === 'bad' ? shape.problems : [] }
  }
  const ids = shape.value.cases.map(({ id }) => id)
  const repeated = ids.flatMap((id, at) =>
    ids.indexOf(id) === at ? [] : [{ file, ...document.at(['cases', at, 'id']), message: `\`${id}\` stands there twice` }],
  )
  return repeated.length > 0 ? { kind: 'bad', problems: repeated } : { kind: 'read', cases: shape.value }
}
