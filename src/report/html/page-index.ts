import type { Comparison } from '../../comparison/comparison.ts'
import type { Ending } from '../../comparison/ending.ts'
import { cut, legible, printable } from '../escape.ts'
import { dollars, duration, grouped, plural } from '../figures.ts'
import type { Summary } from '../summary.ts'
import type { Trend } from '../trend.ts'
import { totalLines } from '../wording.ts'
import { type ShownRate, shownRate } from './shown-rate.ts'
import { type PageArm, rows, type TaskRow } from './task-rows.ts'

/** Two runs and what their difference says. `a` is the revision before. */
export interface PageComparison {
  readonly comparison: Comparison
  readonly ending: Ending
}

/** Everything that a page knows before it opens a trial. Texts are one line each and safe to show. */
export interface PageIndex {
  readonly schema: 1
  readonly title: string
  readonly arms: readonly ArmHead[]
  readonly comparison: PageComparison | null
  readonly tasks: readonly TaskRow[]
  readonly trend: Trend | null
}

interface ArmHead {
  readonly name: 'a' | 'b'
  readonly agent: string
  readonly run: string
  readonly folder: string
  readonly notes: readonly string[]
  readonly facts: readonly (readonly [label: string, text: string])[]
  readonly totals: readonly (readonly [label: string, text: string])[]
  readonly rate: ShownRate | null
  readonly always: ShownRate | null
  readonly once: ShownRate | null
  /** Trials of the plan, those without a verdict, and those that were not run: the other denominator. */
  readonly planned: number
  readonly withoutVerdict: number
  readonly notRun: number
  readonly cost: string
  readonly time: string
  readonly requests: string
  readonly conformance: readonly {
    readonly rule: string
    readonly kept: ShownRate | null
    readonly na: number
    readonly inconclusive: number
  }[]
}

/** Brings one run, or two and their comparison, into the shape of the page. Tasks: the worst first, or the greatest drop first. */
export function pageIndex(arms: readonly PageArm[], compared: PageComparison | null, trend: Trend | null): PageIndex {
  const heads = arms.map((arm, index) => armHead(arm, index === 0 ? 'a' : 'b'))
  const [first, second] = heads
  const title = second === undefined ? `${first?.agent ?? 'Assay'}` : `${first?.agent ?? ''} against ${second.agent}`
  return {
    schema: 1,
    title: first?.agent === second?.agent ? (first?.agent ?? '') : title,
    arms: heads,
    comparison: compared === null ? null : safeTexts(compared),
    tasks: rows(arms, compared?.comparison ?? null),
    trend,
  }
}

function armHead({ summary }: PageArm, name: 'a' | 'b'): ArmHead {
  const { totals, tasks, trialsPerTask, shard } = summary
  const { seconds, usage } = totals
  const planned = tasks.reduce((sum, task) => sum + task.trials.length + task.notRun - pendingVoids(task), 0)
  return {
    name,
    agent: cut(printable(summary.agent.name), 80),
    run: summary.run,
    folder: cut(printable(summary.folder), 300),
    notes: summary.notes.map((note) => cut(printable(note), 600)),
    facts: factsOf(summary),
    totals: totalLines(summary).map(([label, text]) => [label, cut(printable(text), 600)] as const),
    rate: shownRate(totals.trials),
    always: shownRate(totals.tasks?.always ?? null),
    once: shownRate(totals.tasks?.once ?? null),
    planned: shard === null ? tasks.length * trialsPerTask : planned,
    withoutVerdict: totals.withoutVerdict,
    notRun: totals.notRun,
    cost: dollars(usage.usd),
    time: duration(seconds.prepare + seconds.agent + seconds.suites + seconds.grade),
    requests: `${plural(usage.requests, 'request')}, ${grouped(usage.input + usage.cacheRead + usage.cacheWrite)} tokens in, ${grouped(usage.output)} out`,
    conformance: summary.conformance.map(({ rule, kept, na, inconclusive }) => ({ rule, kept: shownRate(kept), na, inconclusive })),
  }
}

/** A void trial that is to be tried again is in both lists of its task: those that were tried, and those that are left. */
function pendingVoids({ trials, notRun }: Summary['tasks'][number]): number {
  return Math.min(notRun, trials.filter(({ outcome }) => outcome === 'void').length)
}

function factsOf(summary: Summary): ArmHead['facts'] {
  const { agent, model, versions } = summary
  const answered = model.answered.length === 0 ? 'no model answered' : `answered by ${model.answered.join(', ')}`
  return [
    ['Agent', `${agent.name} (${agent.file})`],
    ['Prompt', agent.promptDigest.slice(0, 12)],
    ['Runner', `${summary.runner}, upstream ${summary.upstream}`],
    ['Model', `${model.asked}, ${answered}`],
    ['Run', summary.run],
    ['Begun', `${summary.createdAt.slice(0, 16).replace('T', ' ')} UTC`],
    ['Sandbox', `${summary.rung}, limits by ${summary.limitsBy}`],
    ['Versions', `Assay ${versions.assay}, Node ${versions.node}, Python ${versions.python}`],
    ['Evidence', summary.folder],
  ].map(([label, text]) => [label ?? '', cut(printable(text ?? ''), 300)] as const)
}

/** Characters of the prompts' diff: as much as anyone reads, and no more than a page has room for. */
const MOST_DIFF = 60_000

/** A comparison holds names and sentences that agents and files had a part in; its prompt diff keeps its lines. */
function safeTexts<T>(value: T): T {
  const text = JSON.stringify(value, (key, part: unknown) => {
    if (typeof part !== 'string') {
      return part
    }
    return key === 'promptDiff' ? legible(part.slice(0, MOST_DIFF)) : cut(printable(part), 2000)
  })
  return JSON.parse(text) as T
}
