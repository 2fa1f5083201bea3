import { grade } from '../src/grading/grade.ts'
import type { Rule } from '../src/grading/rule.ts'
import { rules } from '../src/grading/rules.ts'
import type { Syntax } from '../src/syntax/syntax.ts'
import { allCases } from './all-cases.ts'
import { type CleanChange, type Source, sources } from './corpus.ts'
import { answerTo } from './rule-cases.ts'

/** How a rule did on the clean changes of one source. `judged`: changes that it had something to say to; `alarms` of them it flagged, and each is wrong. */
export interface OnCorpus {
  readonly judged: number
  readonly alarms: number
  readonly inconclusive: number
}

/** All that is measured of one rule. `corpus` is null for a rule that needs more than a change: a transcript, suites. */
export interface RuleAccuracy {
  readonly rule: string
  readonly flagged: number
  readonly mustFlag: number
  readonly leftAlone: number
  readonly mustLeave: number
  readonly corpus: Readonly<Record<Source, OnCorpus>> | null
}

/** One clean change that a rule flags. */
interface FalseAlarm {
  readonly rule: string
  readonly change: string
  readonly findings: readonly string[]
}

export interface Accuracy {
  readonly schema: 1
  /** Clean changes by source. */
  readonly changes: Readonly<Record<Source, number>>
  readonly rules: readonly RuleAccuracy[]
  readonly alarms: readonly FalseAlarm[]
}

/** Whether a change alone is enough for a rule to answer. Probes are not run on the corpus: what a rule makes of them is not measured by it. */
function judgesChanges({ rests }: Rule): boolean {
  return rests.includes('tree') && !rests.includes('model')
}

/** Judges every case and every clean change. Pure but for the time that it takes. */
export function measure(corpus: readonly CleanChange[], syntax: Syntax): Accuracy {
  const onChanges = rules.filter(judgesChanges)
  const answers = corpus.map((change) => ({ change, verdict: grade(change.view, onChanges, syntax) }))
  const count = (rule: Rule, source: Source): OnCorpus => {
    const checks = answers.filter(({ change }) => change.source === source).map(({ verdict }) => verdict.checks[rule.id])
    const alarms = checks.filter((check) => check === 'fail').length
    return {
      judged: alarms + checks.filter((check) => check === 'pass').length,
      alarms,
      inconclusive: checks.filter((check) => check === 'inconclusive').length,
    }
  }
  return {
    schema: 1,
    changes: bySource((source) => corpus.filter((change) => change.source === source).length),
    rules: rules.map((rule) => ({
      ...onCases(rule, syntax),
      corpus: onChanges.includes(rule) ? bySource((source) => count(rule, source)) : null,
    })),
    alarms: answers.flatMap(({ change, verdict }) =>
      onChanges
        .filter(({ id }) => verdict.checks[id] === 'fail')
        .map(({ id }) => ({
          rule: id,
          change: change.name,
          findings: verdict.findings
            .filter((finding) => finding.rule === id)
            .map(({ code, path, line, args }) => `${code} ${path ?? ''}${line === undefined ? '' : `:${line}`} ${JSON.stringify(args)}`),
        })),
    ),
  }
}

function onCases(rule: Rule, syntax: Syntax): Omit<RuleAccuracy, 'corpus'> {
  const { flags = [], leaves = [] } = allCases.find((table) => table.rule === rule.id) ?? {}
  return {
    rule: rule.id,
    flagged: flags.filter((one) => answerTo(rule, one, syntax) === 'fail').length,
    mustFlag: flags.length,
    leftAlone: leaves.filter((one) => ['pass', 'na'].includes(answerTo(rule, one, syntax))).length,
    mustLeave: leaves.length,
  }
}

function bySource<T>(of: (source: Source) => T): Readonly<Record<Source, T>> {
  return Object.fromEntries(sources.map((source) => [source, of(source)])) as Record<Source, T>
}
