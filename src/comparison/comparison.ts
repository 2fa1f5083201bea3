import type { RunVariant } from '../results/run.ts'
import type { VoidTrial } from '../results/trial.ts'
import type { Interval } from '../statistics/interval.ts'
import type { TaskKind } from '../task/task.ts'

/** `cannot tell` is an answer: the trials are too few, or the difference too small, to say more. `invalid`: the trials do not carry any answer. */
export type Verdict = 'better' | 'worse' | 'cannot tell' | 'invalid'

/** The revision before (`a`) and the revision after (`b`). */
export type ArmName = 'a' | 'b'

/** All that a report shows of two runs, as data: JSON-able. Effects are B minus A, in shares (−1 to 1) of the pass rate; above 0 is better. Texts of agents are as they were. */
export interface Comparison {
  readonly schema: 1
  readonly a: Arm
  readonly b: Arm
  /** How the trials of the two arms were made: `interleaved` in random blocks, or by two runs at two times, between which machines and models drift. */
  readonly order: 'interleaved' | 'separate'
  /** Sentences for the first lines: what limits all that follows. */
  readonly notes: readonly string[]
  /** The answer to `compare`, which is the headline, or that of a sequential comparison; `invalid` where `validity` says so. */
  readonly verdict: Verdict
  readonly validity: Validity
  /** Did it get worse on this suite? Tasks are fixed; trials are permuted between the arms within each task. */
  readonly gate: Answer
  /** Would it be better on new tasks? Tasks are a sample; signs are flipped over tasks. */
  readonly compare: Answer
  /** Of a comparison that stops when it is decided: no p-value holds there, so the answers have none. Null of one that runs to its end. */
  readonly sequential: SequentialAnswer | null
  /** What the same trials say where every void trial counts as a failure of its arm; null where no trial is void. */
  readonly voidsAsFailures: { readonly gate: Answer; readonly compare: Answer; readonly changes: boolean } | null
  /** The smallest effects (shares) that this number of tasks and trials finds in four of five comparisons. */
  readonly detectable: {
    readonly gate: number | null
    readonly compare: number | null
    /** `measured`: from the variances of these trials; `illustrative`: from published values, since these are too few to measure any. */
    readonly from: 'measured' | 'illustrative'
  }
  /** Tasks that pair, the greatest drop first. */
  readonly tasks: readonly TaskDifference[]
  /** Tasks that do not pair, or have no pair of trials that counts. */
  readonly leftOut: readonly { readonly task: string; readonly why: string }[]
  /** Per rule that decides no verdict, the least adjusted p first. */
  readonly rules: readonly RuleDifference[]
  readonly ratios: readonly PairedRatio[]
  /** The two agent files as a unified diff; empty where they are equal, null where one of them is not known. */
  readonly promptDiff: string | null
}

/** `decided`: the evidence is enough; `futile`: what is left could not bring it there; `open`: neither, so far. */
export interface SequentialAnswer {
  readonly state: 'decided' | 'futile' | 'open'
  /** Pairs of trials that B alone passed, and that A alone passed. */
  readonly wins: number
  readonly losses: number
  /** Against "no difference", and how much of it is enough. */
  readonly evidence: number
  readonly needed: number
  /** Planned trials of both arms that were not run. */
  readonly saved: number
}

/** One side. */
export interface Arm {
  readonly run: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Where the run lies, as a person would type it. */
  readonly folder: string
  readonly agent: RunVariant['agent']
  readonly runner: string
  readonly upstream: RunVariant['upstream']
  readonly model: { readonly asked: string; readonly answered: readonly string[] }
  /** Both denominators of the pass rate: of the trials that count, and of all that the paired tasks were to have. */
  readonly passed: number
  readonly counted: number
  readonly planned: number
  /** Trials of paired tasks that were graded, but whose partner in the other arm was not: they do not count. */
  readonly unpartnered: number
  /** Trials whose every attempt was void. */
  readonly voids: number
  /** Planned trials that were not run. */
  readonly notRun: number
}

export interface Answer {
  readonly verdict: Verdict
  /** Mean over tasks of the difference of pass rates; null where nothing counts. */
  readonly effect: number | null
  /** 95 %, of the effect; null where the data give none. */
  readonly interval: Interval | null
  /** `worse`: one-sided, for the gate. `different`: two-sided. Null where nothing counts. */
  readonly p: { readonly worse: number; readonly different: number } | null
  /** The bound that p is held against. */
  readonly alpha: number
  /** Whether every permutation was counted, not a sample of them. */
  readonly exact: boolean
}

/** One task in one arm. */
export interface TaskArm {
  readonly passed: number
  /** Graded trials whose partner is graded too. */
  readonly counted: number
  readonly voids: number
  readonly notRun: number
}

export interface TaskDifference {
  /** `FIXTURE/NAME`. */
  readonly task: string
  readonly title: string
  readonly kind: TaskKind
  readonly a: TaskArm
  readonly b: TaskArm
  /** B's pass rate minus A's. */
  readonly difference: number
  /** Two-sided, of this task alone and not adjusted for the others: for the order of reading, not for a verdict. */
  readonly p: number
  /** `collapsed`: from always to never, in at least two trials each; `recovered`: the other way round. */
  readonly change: 'collapsed' | 'recovered' | 'less' | 'more' | 'same'
}

/** A rule as kept by an arm: of the trials in which there was something to judge, and it could be judged. */
export interface RuleArm {
  readonly kept: number
  readonly of: number
  readonly na: number
  readonly inconclusive: number
}

export interface RuleDifference {
  readonly rule: string
  readonly a: RuleArm
  readonly b: RuleArm
  /** Mean over the tasks in which both arms could be judged, B minus A; null where there is none. */
  readonly effect: number | null
  /** Two-sided, trials permuted between arms within tasks; `adjusted` by Holm over all rules of the comparison. */
  readonly p: number | null
  readonly adjusted: number | null
  readonly verdict: Exclude<Verdict, 'invalid'>
}

/** What a trial took, B over A: the geometric mean over tasks. Below 1, B takes less. */
export interface PairedRatio {
  /** Dollars; tokens in and out, cached ones too; turns (requests to the model); seconds of the agent. */
  readonly what: 'usd' | 'tokens' | 'turns' | 'seconds'
  readonly ratio: number | null
  /** 95 %, t over tasks on the logarithm; null below two tasks. */
  readonly interval: Interval | null
  /** Tasks in which both arms used something, and it is known how much. */
  readonly tasks: number
}

/** Why the trials carry no answer, decided from our side alone, before anyone looks at who passed. */
export type InvalidReason =
  | { readonly kind: 'too-many-voids'; readonly arm: ArmName; readonly voids: number; readonly trials: number; readonly most: number }
  | { readonly kind: 'unequal-voids'; readonly a: number; readonly b: number; readonly p: number; readonly least: number }
  | { readonly kind: 'two-models'; readonly arm: ArmName; readonly models: readonly string[] }
  | { readonly kind: 'other-model-answered'; readonly a: string; readonly b: string }
  | { readonly kind: 'nothing-counted' }

export interface Validity {
  readonly valid: boolean
  readonly reasons: readonly InvalidReason[]
  /** Void attempts by phase and cause, those that were tried again with better luck too. */
  readonly voids: readonly { readonly phase: VoidTrial['phase']; readonly cause: string; readonly a: number; readonly b: number }[]
}
