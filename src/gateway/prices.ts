import type { Usage } from '../evidence/transcript.ts'
import type { AnswerMessage } from './upstream.ts'

/** USD for a million tokens. `read`: cached input, a tenth of `input` where absent. `above`: the price of a request with more input than that, null where it is unknown. */
export interface Price {
  readonly input: number
  readonly output: number
  readonly read?: number
  readonly above?: { readonly tokens: number; readonly price: Price | null }
}

/** Prices by model id without its date (`claude-haiku-4-5`). */
export type Prices = Readonly<Record<string, Price>>

/** Above this many input tokens another price applied to some of the older models. */
const longContext = { tokens: 200_000, price: null }

/**
 * List prices in USD for a million tokens, from Anthropic's pricing page: the 5.5 models as of October 2026, the others as of late 2025.
 * Only what is certain stands here: any other model's price is unknown, never 0. `assay-reference` is our own script.
 */
export const listPrices: Prices = {
  'claude-opus-5-5': { input: 4, output: 20, read: 0.2 },
  'claude-sonnet-5-5': { input: 2, output: 10 },
  'claude-haiku-5-5': { input: 0.1, output: 0.5, above: { tokens: 100_000, price: { input: 0.5, output: 2.5 } } },
  'claude-opus-4-5': { input: 5, output: 25, above: longContext },
  'claude-opus-4-1': { input: 15, output: 75, above: longContext },
  'claude-opus-4': { input: 15, output: 75, above: longContext },
  'claude-sonnet-4-5': { input: 3, output: 15, above: longContext },
  'claude-sonnet-4': { input: 3, output: 15, above: longContext },
  'claude-haiku-4-5': { input: 1, output: 5, above: longContext },
  'assay-reference': { input: 0, output: 0 },
}

/** Cache prices as multiples of the input price: written for five minutes, written for an hour, read. Same source. */
const cacheFactors = { write5m: 1.25, write1h: 2, read: 0.1 }

/** The price of a model id, its date and `-latest` ignored; null where it is unknown. */
export function priceOf(model: string, prices: Prices = listPrices): Price | null {
  const family = model.replace(/-(?:\d{8}|latest)$/, '')
  return (
    [model, family].map((name) => (Object.hasOwn(prices, name) ? prices[name] : undefined)).find((price) => price !== undefined) ?? null
  )
}

/**
 * A price as a user writes it: `MODEL=INPUT,OUTPUT`, in USD for a million tokens. An error is a sentence to print.
 */
export function parsePrice(text: string): { readonly model: string; readonly price: Price } | { readonly error: string } {
  const match = /^([\w.:@/-]+)=(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(text.trim())
  const [, model, input, output] = match ?? []
  if (model === undefined || input === undefined || output === undefined) {
    return { error: `“${text}” is no price: write MODEL=INPUT,OUTPUT in USD for a million tokens, as in claude-haiku-4-5=1,5` }
  }
  return { model, price: { input: Number(input), output: Number(output) } }
}

/** Nothing used yet. */
export const noUsage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0, usd: 0 }

/** The sum of two usages; `usd` is null as soon as one of them is. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    requests: a.requests + b.requests,
    usd: a.usd === null || b.usd === null ? null : a.usd + b.usd,
  }
}

/** What one answer used, with its cost by the model that answered. */
export function usageOf(message: Pick<AnswerMessage, 'model' | 'usage'>, prices: Prices = listPrices): Usage {
  const { input_tokens: input, output_tokens: output, cache_read_input_tokens, cache_creation_input_tokens } = message.usage
  const cacheRead = cache_read_input_tokens ?? 0
  const cacheWrite = cache_creation_input_tokens ?? 0
  const listed = priceOf(message.model, prices)
  const price = listed?.above !== undefined && input + cacheRead + cacheWrite > listed.above.tokens ? listed.above.price : listed
  const written1h = Math.min(cacheWrite, hourTokens(message.usage))
  const written = written1h * cacheFactors.write1h + (cacheWrite - written1h) * cacheFactors.write5m
  const usd = price && costOf(price, { input: input + written, output, cacheRead })
  return { input, output, cacheRead, cacheWrite, requests: 1, usd }
}

/**
 * What a session of one growing history costs, in USD: all that it sends is written to the cache once (`context` tokens, its longest request),
 * and the rest of its input is read from there. Null where the price of so long a request is unknown.
 */
export function costOfSession(
  listed: Price,
  { input, output, context }: { readonly input: number; readonly output: number; readonly context: number },
): number | null {
  const price = listed.above !== undefined && context > listed.above.tokens ? listed.above.price : listed
  return price && costOf(price, { input: context * cacheFactors.write5m, output, cacheRead: input - context })
}

/** In USD; `input` counts tokens written to the cache by their factor. */
function costOf(price: Price, tokens: { readonly input: number; readonly output: number; readonly cacheRead: number }): number {
  const read = price.read ?? price.input * cacheFactors.read
  return (tokens.input * price.input + tokens.cacheRead * read + tokens.output * price.output) / 1_000_000
}

function hourTokens(usage: object): number {
  const creation: unknown = 'cache_creation' in usage ? usage.cache_creation : null
  const tokens: unknown =
    typeof creation === 'object' && creation !== null && 'ephemeral_1h_input_tokens' in creation ? creation.ephemeral_1h_input_tokens : 0
  return typeof tokens === 'number' ? tokens : 0
}
