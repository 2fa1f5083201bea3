import { InvalidArgumentError } from 'commander'
import { isValid } from 'ulid'
import type { Severity } from '../evidence/evidence.ts'
import { type Prices, parsePrice } from '../gateway/prices.ts'

/** A whole number from 1. */
export function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError('Expected a whole number from 1.')
  }
  return number
}

/** A number above 0. */
export function positive(text: string): number {
  const number = Number(text)
  if (!Number.isFinite(number) || number <= 0) {
    throw new InvalidArgumentError('Expected a number above 0.')
  }
  return number
}

/** A share from 0 to 1. */
export function share(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new InvalidArgumentError('Expected a share from 0 to 1, such as 0.8.')
  }
  return number
}

/** `MODEL=IN,OUT`, added to those before. */
export function priceOf(text: string, all: Prices): Prices {
  const parsed = parsePrice(text)
  if ('error' in parsed) {
    throw new InvalidArgumentError(parsed.error)
  }
  return { ...all, [parsed.model]: parsed.price }
}

/** `RULE=SEVERITY`, added to those before. */
export function severityOf(text: string, all: Readonly<Record<string, Severity>>): Readonly<Record<string, Severity>> {
  const [, rule, severity] = /^([^=]+)=(fail|warn|off)$/.exec(text) ?? []
  if (rule === undefined || severity === undefined) {
    throw new InvalidArgumentError('Expected RULE=SEVERITY with fail, warn or off, such as style/no-comments=off.')
  }
  return { ...all, [rule]: severity as Severity }
}

/** A ULID. */
export function ulidOf(text: string): string {
  if (!isValid(text)) {
    throw new InvalidArgumentError('Expected a ULID, such as 01ARZ3NDEKTSV4RRFFQ69G5FAV.')
  }
  return text.toUpperCase()
}

/** `I/N`. */
export function shardOf(text: string): { readonly i: number; readonly n: number } {
  const [, i = 0, n = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (i < 1 || i > n) {
    throw new InvalidArgumentError('Expected I/N, such as 1/3.')
  }
  return { i, n }
}
