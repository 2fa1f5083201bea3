import type { Snapshot } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import type { SealedWork, VoidWork } from '../evidence/sealed-work.ts'
import { openTranscript } from '../evidence/transcript-writer.ts'
import { treeDigest } from '../evidence/tree-digest.ts'
import type { GatewaySession } from '../gateway/gateway.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import type { Prices } from '../gateway/prices.ts'
import type { Upstream } from '../gateway/upstream.ts'
import type { SimulatedUser } from '../simulated-user/simulated-user.ts'
import type { AgentDefinition } from '../variant/agent-definition.ts'
import type { BlobStore, Workspace } from '../workspace/workspace.ts'
import type { Runner, RunnerOutput, TrialLimits } from './runner.ts'

/** What one agent session needs. `transcriptFile` must not exist yet. */
export interface SessionPlan {
  readonly runner: Runner
  readonly agent: AgentDefinition
  /** The bytes of the agent's file. */
  readonly agentFile: Uint8Array
  readonly model: string
  readonly instruction: string
  readonly upstream: Upstream
  readonly limits: TrialLimits
  readonly tokens: number
  readonly prices: Prices
  readonly workspace: Workspace
  readonly blobs: BlobStore
  readonly transcriptFile: string
  /** Answers the agent's questions; null where nobody does. */
  readonly user: SimulatedUser | null
  /** Globs of what running the suite leaves behind: no work of an agent. */
  readonly litter: readonly string[]
  readonly scratch: string
  readonly socketFolder: string
  readonly signal: AbortSignal
  /** Told after each model request: answered turns so far. */
  readonly onTurn: (session: GatewaySession) => void
}

/**
 * The agent works in the sandbox and reaches the model only through the gateway. Snapshots are taken at start, at each model request and at end.
 * Answers with facts to seal, or with the reason why this attempt says nothing about the agent. Rejects only on our own bugs.
 */
export async function letAgentWork(
  plan: SessionPlan,
): Promise<{ readonly kind: 'worked'; readonly work: SealedWork } | { readonly kind: 'void'; readonly reason: VoidWork }> {
  const began = performance.now()
  const elapsed = () => performance.now() - began
  const transcript = openTranscript(plan.transcriptFile, elapsed)
  const { snapshots, take } = snapshotTaker(plan.workspace, elapsed, (snapshot) =>
    transcript.record({
      thread: 't1',
      trust: 'observed',
      kind: 'snapshot',
      snapshot: snapshot.seq,
      tree: snapshot.tree,
      changed: snapshot.changes.map((change) => change.path),
    }),
  )

  await take()
  const gateway = await openGateway(
    {
      upstream: plan.upstream,
      bounds: { turns: plan.limits.turns, tokens: plan.tokens, usd: plan.limits.usd },
      record: transcript.record,
      toolEvents: plan.runner.trust === 'claimed' ? 'claimed' : 'none',
      onRequest: async () => {
        await take()
        plan.onTurn(gateway)
      },
      socketFolder: plan.socketFolder,
    },
    { prices: plan.prices },
  )
  const isLitter = matcher(plan.litter)
  const untouched = async () => (await take()).changes.every(({ path }) => isLitter(path))
  let output: RunnerOutput
  try {
    output = await withinWallClock(plan, (signal) => plan.runner.run({ ...plan, gateway, record: transcript.record, untouched, signal }))
  } finally {
    await gateway[Symbol.asyncDispose]()
  }
  const last = await take()
  transcript.record({ thread: 't1', trust: 'observed', kind: 'end', stop: output.stop.kind, message: output.finalMessage })
  transcript.close()

  const reason = whyVoid(plan, gateway)
  if (reason !== null) {
    return { kind: 'void', reason: { ...reason, usage: gateway.usage(), models: gateway.models() } }
  }
  const lines = transcript.lines().map((line) => `${JSON.stringify(line)}\n`)
  return {
    kind: 'worked',
    work: {
      schema: 1,
      stop: output.stop,
      finalMessage: await plan.blobs.put(Buffer.from(output.finalMessage)),
      transcript: await plan.blobs.put(Buffer.from(lines.join(''))),
      root: plan.workspace.root,
      usage: gateway.usage(),
      models: gateway.models(),
      threads: gateway.threads(),
      changes: last.changes,
      snapshots,
      seconds: elapsed() / 1000,
    },
  }
}

function snapshotTaker(workspace: Workspace, elapsed: () => number, onSnapshot: (snapshot: Snapshot) => void) {
  const snapshots: Snapshot[] = []
  const take = async (): Promise<Snapshot> => {
    const changes = await workspace.changes()
    const snapshot = { seq: snapshots.length, at: Math.round(elapsed()), tree: treeDigest(changes), changes }
    snapshots.push(snapshot)
    onSnapshot(snapshot)
    return snapshot
  }
  return { snapshots, take }
}

async function withinWallClock(plan: SessionPlan, run: (signal: AbortSignal) => Promise<RunnerOutput>): Promise<RunnerOutput> {
  const clock = new AbortController()
  const timer = setTimeout(() => clock.abort('timed-out'), plan.limits.minutes * 60_000)
  try {
    return await run(AbortSignal.any([plan.signal, clock.signal]))
  } finally {
    clearTimeout(timer)
  }
}

function whyVoid(plan: SessionPlan, gateway: GatewaySession): Omit<VoidWork, 'usage' | 'models'> | null {
  const failure = gateway.failure()
  if (failure !== null) {
    return { phase: 'model', cause: failure.cause, message: `${failure.message} (${failure.attempts} attempts)` }
  }
  if (gateway.usage().requests > 0 && !gateway.sawSystem(plan.agent.body)) {
    return { phase: 'agent', cause: 'agent-not-loaded', message: 'No request carried the body of the agent file as its system prompt.' }
  }
  return null
}
