import type { EvidenceView, Severity } from '../evidence/evidence.ts'
import type { ProbeName } from '../evidence/probe.ts'
import type { SuiteRun } from '../evidence/suite.ts'
import type { RunReading } from '../stack/read-run.ts'
import type { Stack } from '../stack/stack.ts'
import type { Syntax } from '../syntax/syntax.ts'
import type { TaskKind } from '../task/task.ts'
import type { Check } from './check.ts'
import type { Code } from './code.ts'
import type { Finding } from './finding.ts'

/** A finding before its rule and severity are put in by `grade`. */
export type Observation = Omit<Finding, 'rule' | 'severity' | 'code'> & { readonly code: Code }

/** What a rule sees: the evidence, and each suite run's report as the fixture's stack reads it. */
export interface GradingView extends EvidenceView {
  /** The run of that name, read; null where the evidence has none. */
  suite(name: string): ReadSuite | null
  readonly suites: readonly ReadSuite[]
  readonly stack: Pick<Stack, 'exitMeans' | 'readTests'>
  /** Null where no grammars were loaded: rules that need them are `inconclusive`. */
  readonly syntax: Syntax | null
}

export interface ReadSuite {
  readonly run: SuiteRun
  readonly reading: RunReading
}

export interface Judgement {
  readonly check: Check
  readonly observations: readonly Observation[]
}

/**
 * One rule of the rulebook. `judge` is pure and deterministic, and throws only on our own bugs: unreadable evidence is `inconclusive`.
 * `fail` comes with at least one observation, `pass` and `na` with none.
 */
export interface Rule {
  readonly id: string
  readonly version: number
  /** The sentence of an agent's prompt, or of the harness's own terms, that it measures. */
  readonly measures: string
  /** The promises of the agent's prompt that it measures, by their ids (`Y1`); empty for the harness's own terms. */
  readonly agentRules: readonly string[]
  /** All that its answer rests on; the probes among them are collected for it. */
  readonly rests: readonly Fact[]
  readonly severity: Severity
  readonly kinds: readonly TaskKind[]
  /** The gate of the verdict that it is part of; null for rules of the conformance table. */
  readonly gate: Gate | null
  judge(view: GradingView): Judgement
}

/**
 * What a rule may rest on. `tree`: what was changed; `snapshots`: what was changed when; `suites`, the `hidden-tests` that a task labels with
 * the rule (`measures`), and probes: our own runs in clean rooms; `model`: what the
 * model said, asked and was sent. All of these we saw ourselves. `tools`: what tools answered, which is the runner's word where its loop runs inside the sandbox.
 */
type Fact = 'tree' | 'snapshots' | 'suites' | 'hidden-tests' | 'model' | 'tools' | `probe:${ProbeName}`

/** Whether all that a rule rests on was seen by us, whatever the runner. */
export function restsOn({ rests }: Pick<Rule, 'rests'>): 'observed' | 'claimed' {
  return rests.includes('tools') ? 'claimed' : 'observed'
}

/** The gates that a verdict is made of. */
export type Gate =
  | 'fail-to-pass'
  | 'pass-to-pass'
  | 'scope'
  | 'no-tampering'
  | 'deliverable'
  | 'new-tests'
  | 'green'
  | 'mutants'
  | 'shuffled'
  | 'clarified'
  | 'declined'
  | 'unasked'
