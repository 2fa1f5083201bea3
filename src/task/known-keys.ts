import { z } from 'zod'

interface Here {
  readonly schema: unknown
  /** What was written there: it decides between the shapes of a union. */
  readonly value: unknown
}

/** The keys that `schema` knows at `path` of `data`; where nothing decides between shapes, those of all of them. Empty where any key may stand. */
export function knownKeys(schema: unknown, path: readonly PropertyKey[], data: unknown): readonly string[] {
  const found = path.reduce<readonly Here[]>(
    (places, step) => places.flatMap((here) => unwrapped(child(here, step))),
    unwrapped({ schema, value: data }),
  )
  return [...new Set(found.flatMap((here) => (here.schema instanceof z.ZodObject ? Object.keys(here.schema.shape) : [])))]
}

function child({ schema, value }: Here, step: PropertyKey): Here {
  const inner = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined
  if (schema instanceof z.ZodObject) {
    return { schema: schema.shape[String(step)], value: inner }
  }
  if (schema instanceof z.ZodArray) {
    return { schema: schema.element, value: inner }
  }
  return { schema: schema instanceof z.ZodRecord ? schema.valueType : undefined, value: inner }
}

function unwrapped({ schema, value }: Here): readonly Here[] {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const fitting = schema.options.filter((option) => claims(option, schema.def.discriminator, value))
    return (fitting.length > 0 ? fitting : schema.options).flatMap((option) => unwrapped({ schema: option, value }))
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => unwrapped({ schema: option, value }))
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapped({ schema: schema.unwrap(), value })
  }
  return schema === undefined ? [] : [{ schema, value }]
}

function claims(option: unknown, discriminator: string, value: unknown): boolean {
  const tag = option instanceof z.ZodObject ? option.shape[discriminator] : undefined
  return tag instanceof z.ZodType && typeof value === 'object' && value !== null && tag.safeParse(Reflect.get(value, discriminator)).success
}
