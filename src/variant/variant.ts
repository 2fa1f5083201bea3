import { canonicalJson, sha256 } from '../evidence/digest.ts'
import type { RunVariant } from '../results/run.ts'
import type { AgentDefinition } from './agent-definition.ts'

export interface VariantParts {
  readonly agent: AgentDefinition
  /** Where the agent was read from, as the user named it: told, not part of the digest. */
  readonly file: string
  /** `identity`: see the runner's own. */
  readonly runner: { readonly name: string; readonly identity: string }
  readonly upstream: RunVariant['upstream']
  /** The model id, already resolved from the agent's alias. */
  readonly model: string
  readonly settings: RunVariant['settings']
}

/** What a run measures. Its digest is over the agent's file, the runner and its set-up, upstream, model and settings: equal digests, same measurement. */
export function variantOf({ agent, file, runner, upstream, model, settings }: VariantParts): RunVariant {
  const { name, promptDigest, fileDigest } = agent
  const digest = sha256(canonicalJson({ fileDigest, runner: runner.name, identity: runner.identity, upstream, model, settings }))
  return { agent: { name, file, promptDigest, fileDigest }, runner: runner.name, upstream, model, settings, digest }
}
