import type { BetaMessage } from '@anthropic-ai/sdk/resources/beta'

/** The beta that a request for a summary needs; the SDK does not add it. */
export const COMPACTION_BETA = 'compact-2026-09-04'

/** Tokens that a model of the Claude families can read at least. Larger contexts are not used: they differ in price and by account. */
const CONTEXT_TOKENS = 200_000

/** Our own scripted models read nothing, and a summary would break their script. */
const SCRIPTED_MODEL = /^assay-/

/** Whether the history should be summarised before the next request: above three quarters of the context, so that one more long turn fits. */
export function shouldCompact({ model, usage }: Pick<BetaMessage, 'model' | 'usage'>): boolean {
  const read = usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0)
  return !SCRIPTED_MODEL.test(model) && read + usage.output_tokens > 0.75 * CONTEXT_TOKENS
}
