import { resolveModel } from '../gateway/models.ts'
import type { Upstream } from '../gateway/upstream.ts'
import { mapTools } from '../runner/agent-tools.ts'
import type { Runner } from '../runner/runner.ts'
import { runners } from '../runner/runners.ts'
import { didYouMean, printProblems } from '../task/problem.ts'
import type { AgentDefinition } from '../variant/agent-definition.ts'
import { readAgent } from '../variant/read-agent.ts'
import type { TerminalIo } from './terminal-io.ts'

/** As the user gave them; null where not given. */
export interface VariantOptions {
  readonly agent: string
  readonly runner: string | null
  readonly upstream: string | null
  readonly model: string | null
  readonly command: string | null
  readonly mounts: readonly string[]
}

/** What is to be measured, and who plays the model's part. */
export interface ChosenVariant {
  readonly agent: AgentDefinition
  /** The bytes of the agent's file. */
  readonly agentFile: Uint8Array
  readonly warnings: readonly string[]
  readonly runner: Runner
  readonly upstream: Upstream['name']
  /** The run that `--upstream replay:RUN` names. */
  readonly replays: string | null
  readonly model: string
}

export type VariantChoice =
  | { readonly kind: 'chosen'; readonly variant: ChosenVariant }
  | { readonly kind: 'bad'; readonly message: string }

/** Reads the agent and settles runner, upstream and model: api where there is a key, else the reference solution. */
export async function chooseVariant(options: VariantOptions, io: TerminalIo): Promise<VariantChoice> {
  const source = await readAgent(options.agent, io.root)
  if (source.kind === 'absent') {
    return { kind: 'bad', message: source.message }
  }
  if (source.kind === 'bad') {
    return { kind: 'bad', message: printProblems(source.problems).trimEnd() }
  }
  const upstream = chooseUpstream(options, io)
  if (upstream.kind === 'bad') {
    return upstream
  }
  const name = options.runner ?? 'builtin'
  if (!Object.hasOwn(runners, name)) {
    return {
      kind: 'bad',
      message: `There is no runner \`${name}\`${didYouMean(name, Object.keys(runners))}; there are: ${Object.keys(runners).join(', ')}.`,
    }
  }
  if (options.command !== null && name !== 'command') {
    return { kind: 'bad', message: `--command is for --runner command; the runner here is ${name}.` }
  }
  const tools = mapTools(source.agent.tools)
  if (tools.kind === 'unknown' && name === 'builtin') {
    return {
      kind: 'bad',
      message: `${options.agent}: the runner builtin has no tool ${tools.names.map((tool) => `\`${tool}\``).join(', ')}.`,
    }
  }
  const made = await runners[name as keyof typeof runners]({
    scripted: upstream.name === 'reference',
    command: options.command,
    mounts: options.mounts,
  })
  if (made.kind === 'refused') {
    return { kind: 'bad', message: made.message }
  }
  const model = resolveModel(source.agent.model, options.model)
  return {
    kind: 'chosen',
    variant: {
      agent: source.agent,
      agentFile: source.bytes,
      warnings: source.warnings.map((warning) => printProblems([warning]).trimEnd()),
      runner: made.runner,
      upstream: upstream.name,
      replays: upstream.replays,
      model,
    },
  }
}

type UpstreamChoice =
  | { readonly kind: 'upstream'; readonly name: Upstream['name']; readonly replays: string | null }
  | { readonly kind: 'bad'; readonly message: string }

function chooseUpstream({ upstream, runner }: VariantOptions, io: TerminalIo): UpstreamChoice {
  const hasKey = Boolean(io.env.ANTHROPIC_API_KEY)
  if (upstream === null && runner === 'nop') {
    return { kind: 'upstream', name: 'reference', replays: null }
  }
  const meant = upstream ?? (hasKey ? 'api' : 'reference')
  if (meant.startsWith('replay:') && meant.length > 'replay:'.length) {
    return { kind: 'upstream', name: 'replay', replays: meant.slice('replay:'.length) }
  }
  if (meant === 'api' && !hasKey) {
    return {
      kind: 'bad',
      message: '--upstream api needs ANTHROPIC_API_KEY in the environment; without a key, --upstream reference proves the pipeline.',
    }
  }
  if (meant === 'api' && io.env.CI && runner === null) {
    return {
      kind: 'bad',
      message: 'In CI a live run must say so: add --runner builtin, or --upstream reference for a run without the model.',
    }
  }
  if (meant === 'api' || meant === 'reference') {
    return { kind: 'upstream', name: meant, replays: null }
  }
  return {
    kind: 'bad',
    message: `--upstream ${meant}: expected api, reference or replay:RUN${didYouMean(meant, ['api', 'reference', 'replay:RUN'])}`,
  }
}
