import { sha256 } from '../../src/evidence/digest.ts'
import type { EvidenceView } from '../../src/evidence/evidence.ts'
import type { TranscriptEvent, Trust } from '../../src/evidence/transcript.ts'
import { grade, type Verdict } from '../../src/grading/grade.ts'
import type { Rule } from '../../src/grading/rule.ts'
import { type Told, type ToldChange, view } from './evidence-builder.ts'

/** A tool call: its name, its input (a text is a shell's command or a file's path), its answer, and whether that is an error. */
export type ToldCall = readonly [name: string, input: string | object, text?: string, isError?: boolean]

/** One answer of the model: its calls, and the tree as they left it where they changed it. */
export interface ToldTurn {
  readonly calls?: readonly ToldCall[]
  readonly tree?: readonly ToldChange[]
  readonly asks?: readonly string[]
}

export interface ToldSession extends Omit<Told, 'changes' | 'snapshots'> {
  readonly turns?: readonly ToldTurn[]
  readonly message?: string
  /** The questions that the agent stopped with; absent where it finished. */
  readonly stop?: readonly string[]
  readonly instruction?: string
  readonly trust?: Trust
  readonly base?: Readonly<Record<string, string>>
  /** What the user's message holds besides the instruction. */
  readonly handedOver?: string
  /** What becomes of transcript.jsonl before it is judged. */
  readonly damage?: (transcript: string) => string
}

const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0 }

/** The evidence of a trial as its turns tell it; without `turns` no model was asked. */
export function sessionView(told: ToldSession): EvidenceView {
  const trees: (readonly ToldChange[])[] = []
  const lines: string[] = []
  const trust = told.trust ?? 'observed'
  const record = (event: Record<string, unknown>): void => {
    lines.push(`${JSON.stringify({ seq: lines.length, at: lines.length, thread: 't1', trust: 'observed', ...event })}\n`)
  }
  const snapshot = (tree: readonly ToldChange[]): void => {
    record({ kind: 'snapshot', snapshot: trees.length, tree: `${trees.length}`.padStart(64, '0'), changed: tree.map(([path]) => path) })
    trees.push(tree)
  }
  const exchange = (position: number): void => {
    const messages = position === 0 ? [{ role: 'user', content: `${told.instruction ?? 'Do it.'}\n${told.handedOver ?? ''}` }] : []
    record({ kind: 'request', model: 'm', system: sha256('s'), tools: sha256('t'), messages, position } satisfies Partial<TranscriptEvent>)
    record({ kind: 'response', attempts: 1, message: {}, usage, position })
  }

  const recordCall = ([name, given, text = '', isError = false]: ToldCall, id: string): void => {
    record({ kind: 'tool-call', trust, id, name, input: inputOf(name, given) })
    record({ kind: 'tool-result', trust, id, name, text, isError, ms: 1 })
  }

  let tree: readonly ToldChange[] = []
  snapshot(tree)
  for (const [position, turn] of (told.turns ?? []).entries()) {
    snapshot(tree)
    exchange(position)
    for (const [index, call] of (turn.calls ?? []).entries()) {
      recordCall(call, `${position}-${index}`)
    }
    for (const text of turn.asks ?? []) {
      record({ kind: 'question', text, options: [] })
    }
    tree = turn.tree ?? tree
  }
  if (told.turns !== undefined) {
    snapshot(tree)
    exchange(told.turns.length)
  }
  snapshot(tree)
  record({ kind: 'end', stop: 'finished', message: told.message ?? '' })

  return sealed(told, trees, lines.join(''))
}

function sealed(told: ToldSession, trees: readonly (readonly ToldChange[])[], whole: string): EvidenceView {
  const trust = told.trust ?? 'observed'
  const plain = view({ ...told, changes: trees.at(-1) ?? [], snapshots: trees })
  const extra = new Map<string, string>()
  const put = (text: string): string => {
    extra.set(sha256(text), text)
    return sha256(text)
  }
  return {
    evidence: {
      ...plain.evidence,
      task: { ...plain.evidence.task, instruction: put(told.instruction ?? 'Do it.') },
      runner: { name: 'builtin', trust },
      ...(told.stop !== undefined && { stop: { kind: 'asked', questions: told.stop } as const }),
      finalMessage: put(told.message ?? ''),
      transcript: put(told.damage?.(whole) ?? whole),
      snapshots: plain.evidence.snapshots.map((one) => ({ ...one, tree: `${one.seq}`.padStart(64, '0') })),
      base: Object.fromEntries(Object.entries(told.base ?? {}).map(([path, text]) => [path, put(text)])),
    },
    blob: (digest) => (extra.has(digest) ? Buffer.from(extra.get(digest) ?? '') : plain.blob(digest)),
    text: (digest) => extra.get(digest) ?? plain.text(digest),
  }
}

/** One rule's answer over a session, and its findings in short. */
export function judgedSession(rule: Rule, told: ToldSession): { readonly check: string; readonly findings: readonly string[] } {
  const verdict = grade(sessionView(told), [rule])
  return {
    check: verdict.checks[rule.id] ?? 'not asked',
    findings: verdict.findings.map(({ code, path, line, args }) =>
      [
        code,
        ...(path === undefined ? [] : [`${path}${line === undefined ? '' : `:${line}`}`]),
        ...Object.entries(args).map(([k, v]) => `${k}=${v}`),
      ].join(' '),
    ),
  }
}

/** The verdict of several rules over a session. */
export function verdictOfSession(rules: readonly Rule[], told: ToldSession): Verdict {
  return grade(sessionView(told), rules)
}

/** What was counted of the questions of a session. */
export function askingOfSession(told: ToldSession): Verdict['asking'] {
  return verdictOfSession([], told).asking
}

function inputOf(name: string, given: string | object): object {
  if (typeof given !== 'string') {
    return given
  }
  return name.toLowerCase() === 'bash' ? { command: given } : { file_path: given }
}
