/**
 * Model aliases of Claude Code sub-agent files and the ids that they stand for. As sent by Claude Code 2.1.330, read on
 * 2026-11-23; aliases move with releases, so a trial records the id that answered.
 */
const aliases: Readonly<Record<string, string>> = {
  sonnet: 'claude-sonnet-5-5',
  opus: 'claude-opus-5-5',
  haiku: 'claude-haiku-5-5',
}

/** What `inherit` and a missing model stand for: nobody delegates here, so there is no model to inherit. */
const defaultAlias = 'sonnet'

/** The model id to ask for: `override` before what the agent's file says, aliases resolved, full ids as they are. */
export function resolveModel(written: string | null, override: string | null = null): string {
  const name = override ?? written
  const alias = name === null || name === 'inherit' ? defaultAlias : name
  return Object.hasOwn(aliases, alias) ? (aliases[alias] ?? alias) : alias
}
