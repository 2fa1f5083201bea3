/** A Claude Code sub-agent file, read. `digest` values are sha256 in hex. */
export interface AgentDefinition {
  readonly name: string
  readonly description: string
  /** The system prompt: the body, word for word, without the blank lines around it. */
  readonly body: string
  /** As written: an alias (`sonnet`), a full model id, `inherit`, or null where the file names none. */
  readonly model: string | null
  /** Tool names as written, or null for all of a runner's tools. */
  readonly tools: readonly string[] | null
  /** Front matter keys that Assay does not know; they warn and stay in the file digest. */
  readonly foreign: readonly string[]
  /** Over body, tools and model, as canonical JSON: pairs trials of equal prompts. */
  readonly promptDigest: string
  /** Over the bytes of the file. */
  readonly fileDigest: string
}
