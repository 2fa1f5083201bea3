import type { Answer, ArmName, Comparison, SequentialAnswer } from './comparison.ts'
import { type GateOutcome, type GateReport, outcomeOf } from './gate.ts'
import { reasonSentence } from './reason-sentence.ts'

/** How a comparison or a gate ended: the headline of every report and the exit code of the command, so that the two cannot disagree. */
export interface Ending {
  readonly code: 0 | 1 | 3
  readonly word: 'BETTER' | 'WORSE' | 'CANNOT TELL' | 'INVALID' | 'PASS' | 'FAIL' | 'INCONCLUSIVE'
  readonly sentence: string
}

/** Ends `compare`. Without a gate any valid answer is a success; with one the question is whether it got worse on this suite. */
export function endComparison(comparison: Comparison, gate: { readonly tolerance: number } | null): Ending {
  const { reasons } = comparison.validity
  if (gate !== null) {
    const outcome = outcomeOf({ answer: comparison.gate, reasons, tolerance: gate.tolerance, tasks: [] })
    const bySequence = comparison.sequential === null || outcome === 'invalid' ? null : sequentialSentence(comparison.sequential)
    return endingOf(outcome, { sentence: bySequence ?? gateSentence(outcome, comparison.gate, reasons, gate.tolerance), inconclusive: 3 })
  }
  const { compare, sequential } = comparison
  if (sequential !== null && comparison.verdict !== 'invalid') {
    return { code: 0, word: words[comparison.verdict], sentence: sequentialSentence(sequential) }
  }
  switch (comparison.verdict) {
    case 'invalid':
      return { code: 3, word: 'INVALID', sentence: reasons.map((reason) => capital(reasonSentence(reason))).join(' ') }
    case 'better':
      return { code: 0, word: 'BETTER', sentence: `B passes ${points(compare.effect)} more on average, ${evidence(compare)}.` }
    case 'worse':
      return { code: 0, word: 'WORSE', sentence: `B passes ${points(compare.effect)} less on average, ${evidence(compare)}.` }
    case 'cannot tell':
      return {
        code: 0,
        word: 'CANNOT TELL',
        sentence: `The trials do not tell B from A on new tasks: ${effectText(compare)}, ${evidence(compare)}.`,
      }
  }
}

const words = { better: 'BETTER', worse: 'WORSE', 'cannot tell': 'CANNOT TELL' } as const

function sequentialSentence({ state, wins, losses, evidence, needed, saved }: SequentialAnswer): string {
  const counts = `of the pairs of trials that disagree, B alone passed ${wins} and A alone ${losses}: evidence ${evidence.toFixed(1)}, ${needed} needed`
  const left = `${saved} of the planned trials were not run.`
  switch (state) {
    case 'decided':
      return `On these tasks B passes ${wins > losses ? 'more' : 'less'} often; ${counts}. Stopped when decided: ${left}`
    case 'futile':
      return saved > 0
        ? `The trials do not tell B from A; ${counts}. Stopped, since what was left could not decide it: ${left}`
        : `The trials do not tell B from A; ${counts}.`
    case 'open':
      return `The trials do not tell B from A so far; ${counts}.`
  }
}

/** Ends `gate`. */
export function endGate(report: GateReport, { strict }: { readonly strict: boolean }): Ending {
  const blocking = report.tasks.filter(({ blocks }) => blocks).map(({ task }) => task)
  const moved = report.tasks.filter((task) => task.moved).map(({ task }) => task)
  const mean = gateSentence(report.outcome, report.answer, report.reasons, report.tolerance, GATE_NAMES)
  const failure =
    blocking.length === 0
      ? mean
      : `${report.answer.verdict === 'worse' ? `${mean} ` : ''}A task that always passed before does not any more: ${blocking.join(', ')}.`
  const open = report.tasks.every(({ standing }) => standing === 'burn-in')
    ? `No task has ${report.minRuns} recorded runs yet, so nothing can block.`
    : moved.length > 0
      ? `It cannot block, but has moved: ${moved.join(', ')}.`
      : mean
  const sentence = report.outcome === 'fail' ? failure : report.outcome === 'inconclusive' ? open : mean
  return endingOf(report.outcome, { sentence, inconclusive: strict ? 3 : 0 })
}

function endingOf(outcome: GateOutcome, { sentence, inconclusive }: { readonly sentence: string; readonly inconclusive: 0 | 3 }): Ending {
  switch (outcome) {
    case 'pass':
      return { code: 0, word: 'PASS', sentence }
    case 'fail':
      return { code: 1, word: 'FAIL', sentence }
    case 'inconclusive':
      return { code: inconclusive, word: 'INCONCLUSIVE', sentence }
    case 'invalid':
      return { code: 3, word: 'INVALID', sentence }
  }
}

const GATE_NAMES = { a: "the baseline's revision", b: 'the run' }

function gateSentence(
  outcome: GateOutcome,
  answer: Answer,
  reasons: GateReport['reasons'],
  tolerance: number,
  names: Partial<Readonly<Record<ArmName, string>>> = {},
): string {
  switch (outcome) {
    case 'invalid':
      return reasons.map((reason) => capital(reasonSentence(reason, names))).join(' ')
    case 'fail':
      return `It got worse on this suite: ${effectText(answer)} on average, ${evidence(answer)}.`
    case 'pass':
      return answer.verdict === 'better'
        ? `It got better on this suite: ${effectText(answer)} on average, ${evidence(answer)}.`
        : `It did not get worse on this suite by more than ${points(tolerance)}: ${effectText(answer)} on average, ${evidence(answer)}.`
    case 'inconclusive':
      return answer.interval === null
        ? 'Nothing counts yet.'
        : `No drop is shown, and none of more than ${points(tolerance)} is ruled out: ${effectText(answer)} on average, ${evidence(answer)}.`
  }
}

/** `-12 points`. */
function effectText({ effect }: Pick<Answer, 'effect'>): string {
  return effect === null ? 'nothing' : `${signedPoints(effect)} points`
}

function evidence({ interval, p, alpha }: Answer): string {
  const bounds = interval === null ? 'no interval' : `95 % interval ${signedPoints(interval.low)} to ${signedPoints(interval.high)}`
  return p === null ? bounds : `${bounds}; ${pEquals(p.different)} for a difference, ${pEquals(p.worse)} for a drop, held against ${alpha}`
}

function points(share: number | null): string {
  return `${Math.abs(Math.round((share ?? 0) * 100))} points`
}

/** A share as points with its sign: `-12`, `+4`, `0`. */
export function signedPoints(share: number): string {
  const rounded = Math.round(share * 100)
  return rounded > 0 ? `+${rounded}` : String(rounded === 0 ? 0 : rounded)
}

/** `p = 0.012`, `p < 0.001`. */
export function pEquals(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${pText(p)}`
}

/** A p-value as people write it. */
export function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
