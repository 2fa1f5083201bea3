import { z } from 'zod'
import { knownKeys } from './known-keys.ts'
import type { Problem } from './problem.ts'
import { didYouMean } from './problem.ts'
import type { Positioned } from './yaml-document.ts'

export type Shape<T> =
  | { readonly kind: 'fits'; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/**
 * Checks positioned data against a schema and tells every mistake at once, each where it was written.
 * A loose schema lets unknown keys of its root through; they come back as `warnings`, as problems would say it.
 */
export function checkShape<S extends z.ZodType>(schema: S, document: Positioned, file: string): Shape<z.infer<S>> {
  const result = schema.safeParse(document.data)
  if (result.success) {
    return { kind: 'fits', value: result.data, warnings: foreignKeys(schema, document, file) }
  }
  const mistakes = result.error.issues.flatMap((issue) => explain(issue, { schema, document, file }))
  // A key that is missing may stand there under a misspelt name, which a loose schema does not mind.
  const misspelt = foreignKeys(schema, document, file).filter(({ message }) => message.includes('did you mean'))
  return { kind: 'bad', problems: [...mistakes, ...misspelt.filter(({ line }) => !mistakes.some((mistake) => mistake.line === line))] }
}

interface Context {
  readonly schema: z.ZodType
  readonly document: Positioned
  readonly file: string
}

type Issue = z.core.$ZodIssue

function foreignKeys(schema: z.ZodType, document: Positioned, file: string): readonly Problem[] {
  if (!(schema instanceof z.ZodObject)) {
    return []
  }
  const unknown = Object.keys(document.data ?? {}).filter((key) => !(key in schema.shape))
  return unknown.map((key) => unknownKey(key, [], { schema, document, file }))
}

function explain(issue: Issue, context: Context): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(key, issue.path, context))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return explainUnion(issue, context)
  }
  if (isAbsent(context.document.data, issue.path)) {
    return [problemAt(issue.path, `missing key \`${showPath(issue.path)}\``, context)]
  }
  return [problemAt(issue.path, `\`${showPath(issue.path)}\`: ${sentence(issue, valueAt(context.document.data, issue.path))}`, context)]
}

function unknownKey(key: string, path: readonly PropertyKey[], context: Context): Problem {
  const known = knownKeys(context.schema, path, context.document.data)
  const hint = didYouMean(key, known) || `; known here: ${known.join(', ')}`
  return problemAt([...path, key], `unknown key \`${showPath([...path, key])}\`${hint}`, context)
}

function explainUnion(issue: z.core.$ZodIssueInvalidUnion, context: Context): readonly Problem[] {
  // The branch that understood the value's outer shape knows best what is wrong inside it.
  const inner = issue.errors.find((errors) => errors.every((error) => error.path.length > 0))
  if (inner !== undefined) {
    return inner.flatMap((error) => explain({ ...error, path: [...issue.path, ...error.path] }, context))
  }
  const kinds = issue.errors.flatMap((errors) =>
    errors.map((error) => (error.code === 'invalid_type' ? typeName(error.expected) : error.message)),
  )
  const got = describeValue(valueAt(context.document.data, issue.path))
  return [problemAt(issue.path, `\`${showPath(issue.path)}\`: expected ${[...new Set(kinds)].join(' or ')}, got ${got}`, context)]
}

function sentence(issue: Issue, value: unknown): string {
  const got = describeValue(value)
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}, got ${got}`
    case 'invalid_value':
      return notListed(issue.values.map(String), value)
    case 'invalid_union':
      return notListed('options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [], value)
    case 'too_small':
      return `expected ${bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}, got ${got}`
    case 'too_big':
      return `expected ${bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}, got ${got}`
    case 'invalid_key':
      return issue.issues.map((inner) => inner.message).join(', ')
    default:
      return `${issue.message}, got ${got}`
  }
}

function notListed(values: readonly string[], value: unknown): string {
  const expected = values.length === 1 ? `expected ${values[0]}` : `expected one of ${values.join(', ')}`
  return `${expected}, got ${describeValue(value)}${typeof value === 'string' ? didYouMean(value, values) : ''}`
}

const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: [' character', ' characters'],
  array: [' entry', ' entries'],
  record: [' key', ' keys'],
}

function bound(origin: string, words: string, amount: number | bigint): string {
  const [one, many] = units[origin] ?? ['', '']
  return `${words} ${amount}${Number(amount) === 1 ? one : many}`
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  null: 'nothing',
}

function typeName(expected: string): string {
  return typeNames[expected] ?? expected
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing'
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list'
  }
  if (typeof value === 'object') {
    return 'keys with values'
  }
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function showPath(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`)).join('')
}

function isAbsent(data: unknown, path: readonly PropertyKey[]): boolean {
  const key = path.at(-1)
  const parent = valueAt(data, path.slice(0, -1))
  return key !== undefined && typeof parent === 'object' && parent !== null && !Object.hasOwn(parent, key)
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined),
    data,
  )
}

function problemAt(path: readonly PropertyKey[], message: string, { document, file }: Context): Problem {
  return { file, ...document.at(path), message }
}
