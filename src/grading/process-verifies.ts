import { matcher } from '../evidence/glob.ts'
import { classOf } from './command-class.ts'
import { failIfAny, INCONCLUSIVE, NA } from './judgement.ts'
import type { GradingView, Judgement, Rule } from './rule.ts'
import { programOf, type ShellCommand } from './shell.ts'
import { runs, shellCalls } from './shell-calls.ts'
import { type TestRun, testRuns } from './test-runs.ts'
import { type Step, type Timeline, timelineOf } from './timeline.ts'

/** The agent's own run is what it did; that the suite is green is confirmed by clean room A, so a runner's word alone never makes a pass. */
export const verifies: Rule = {
  id: 'process/verifies',
  version: 1,
  measures: 'Verifies: runs the documented tests after the last change of source, and they pass.',
  agentRules: ['W4'],
  rests: ['snapshots', 'tools', 'suites'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify'],
  gate: null,
  judge: (view) => {
    const timeline = timelineOf(view)
    const command = view.evidence.fixture.commands.test
    if (timeline === null) {
      return INCONCLUSIVE
    }
    const isSource = sourceOf(view)
    const last = timeline.steps.findLastIndex((step) => step.touched.some(isSource))
    const step = timeline.steps[last]
    if (step === undefined || command === undefined || !timeline.steps.at(-1)?.changes.some(({ path }) => isSource(path))) {
      return NA
    }
    if (timeline.requests === 0) {
      return INCONCLUSIVE
    }
    const documented = testRuns(timeline, command).filter((run) => run.documented)
    const during = documented.filter((run) => run.shell.call.seq < step.seq && run.shell.call.seq > (timeline.steps[last - 1]?.seq ?? -1))
    const after = documented.filter((run) => run.shell.call.seq > step.seq || (during.includes(run) && isLastWord(run, timeline, step)))
    return after.length > 0 ? ofRuns(view, after) : nothingAfter(timeline, documented, during)
  },
}

function ofRuns(view: GradingView, after: readonly TestRun[]): Judgement {
  const decisive = after.findLast(({ end }) => end !== 'unknown')
  const seen = view.evidence.runner.trust
  if (decisive === undefined) {
    return INCONCLUSIVE
  }
  if (decisive.end !== 'green') {
    return failIfAny([{ code: 'NOT_VERIFIED', args: { why: decisive.end === 'red' ? 'red' : 'no-test-ran', seen } }])
  }
  const confirmed = confirmation(view)
  if (confirmed === 'no') {
    return failIfAny([{ code: 'NOT_VERIFIED', args: { why: 'not-confirmed', seen } }])
  }
  return confirmed === 'untold' && seen === 'claimed' ? INCONCLUSIVE : failIfAny([])
}

function nothingAfter(timeline: Timeline, documented: readonly TestRun[], during: readonly TestRun[]): Judgement {
  // A run in the same turn as the last change, with more commands behind it: which came last cannot be told. Nor can a line that is unreadable.
  if (during.length > 0 || shellCalls(timeline).some(({ line }) => line === null)) {
    return INCONCLUSIVE
  }
  const why = documented.length > 0 ? 'not-after-the-last-change' : 'never-ran'
  return failIfAny([{ code: 'NOT_VERIFIED', args: { why } }])
}

/** Whether clean room A agrees that what passed before still does. */
function confirmation(view: GradingView): 'yes' | 'no' | 'untold' {
  const suite = view.suite('A')
  const ids = view.evidence.task.passToPass
  if (suite === null || ids.length === 0) {
    return 'untold'
  }
  return suite.reading.kind !== 'did-not-run' && ids.every((id) => suite.reading.cases.get(id)?.status === 'passed') ? 'yes' : 'no'
}

/** Application and test files; documentation may be written after the tests ran. */
function sourceOf({ evidence: { fixture } }: GradingView): (path: string) => boolean {
  const isInside = matcher([...fixture.backend, ...fixture.tests])
  const isDependency = matcher(fixture.dependencies)
  return (path) => isInside(path) && !isDependency(path) && !/\.(?:md|rst|txt|adoc)$/i.test(path)
}

const WRITES_NOTHING = [
  'echo',
  'printf',
  'cat',
  'head',
  'tail',
  'ls',
  'grep',
  'rg',
  'wc',
  'true',
  'exit',
  'pwd',
  'sort',
  'uniq',
  'set',
  'test',
  '[',
]

/** Within the turn of the last change nothing that could have changed a file came after the run. */
function isLastWord(run: TestRun, { calls, events }: Timeline, step: Step): boolean {
  const later = calls.filter(({ seq }) => seq > run.shell.call.seq && seq < step.seq)
  const rest = run.shell.line?.commands.slice(run.index + 1) ?? []
  const commands = shellCalls({ calls: later, events, requests: 0, steps: [] })
  return (
    later.every(({ name }) => ['read', 'glob', 'grep', 'ls', 'bash', 'shell'].includes(name)) &&
    [...rest, ...commands.flatMap(({ line }) => line?.commands ?? [])].every(isHarmless) &&
    commands.every(({ line }) => line !== null)
  )
}

function isHarmless(command: ShellCommand): boolean {
  const [, first = ''] = command.words
  const isKind = ['test', 'lint'].includes(classOf(command.words) ?? '') || runs(command.words, 'git diff')
  const reads =
    WRITES_NOTHING.includes(programOf(command)) || (programOf(command) === 'git' && ['diff', 'status', 'log', 'show'].includes(first))
  return command.writes.every((path) => path.startsWith('/dev/') || path.startsWith('/tmp/')) && (isKind || reads)
}
