import type { Fixture } from '../fixture/fixture.ts'
import type { Stack } from '../stack/stack.ts'
import type { Receipt, Task } from '../task/task.ts'
import type { Evidence, FixtureFacts, TaskFacts } from './evidence.ts'
import { type Probe, probeNames } from './probe.ts'
import type { SealedWork } from './sealed-work.ts'
import type { SuiteRun } from './suite.ts'

/** The facts of a task that graders may know. `instruction` is the digest under which its text is stored. */
export function factsOfTask(
  task: Task,
  receipt: Pick<Receipt, 'failToPass' | 'passToPass' | 'contradicting'>,
  instruction: string,
): TaskFacts {
  const questions = task.ambiguities.map(({ situation: _, readings: __, ...open }) => open)
  return {
    id: task.id,
    kind: task.kind,
    instruction,
    scope: task.scope,
    mayChange: task.mayChange,
    deliverable: task.deliverable,
    kill: task.kill,
    failToPass: receipt.failToPass,
    passToPass: receipt.passToPass,
    mutants: [...task.mutants.keys()].toSorted(),
    right: [...task.right.keys()].toSorted(),
    severities: task.rules,
    contradicting: receipt.contradicting ?? [],
    ...(task.reading !== null && { clarify: { reading: task.reading, questions } }),
    ...(task.twinOf !== null && { twinOf: task.twinOf }),
    ...(task.kind === 'impossible' && { declines: task.declines }),
    ...(Object.keys(task.measures).length > 0 && { measures: task.measures }),
    ...(task.comments === 'asked' && { comments: task.comments }),
    ...(task.rawSql === 'needed' && { rawSql: task.rawSql }),
  }
}

/** The facts of a fixture, with those that every fixture of its stack shares. */
export function factsOfFixture(fixture: Fixture, stack: Stack): FixtureFacts {
  return {
    name: fixture.name,
    stack: stack.name,
    backend: fixture.scope.backend,
    frontend: fixture.scope.frontend,
    shared: fixture.scope.shared,
    protected: [...new Set([...fixture.protected, ...stack.protected, ...programOf(fixture.commands.test)])],
    layers: fixture.layers,
    tests: stack.testGlobs,
    autoloaded: stack.autoloaded,
    litter: stack.litter,
    dependencies: stack.dependencies,
    commands: fixture.commands,
    helpers: fixture.helpers,
    probes: Object.fromEntries(
      probeNames.flatMap((name) => (fixture.probes[name] === undefined ? [] : [[name, { files: fixture.probes[name].files }]])),
    ),
  }
}

/** A test command that is a program of the repository (`./dev test`), or a script of its package (`npm run check`): who can edit it can make any report. */
function programOf(command = ''): readonly string[] {
  const program = /^\.\/(\S+)/.exec(command)?.[1]
  const script = /^npm\s+(?:run(?:-script)?\s+)?([\w:-]+)/.exec(command)?.[1]
  return [
    ...(program === undefined ? [] : [program]),
    ...(script === undefined ? [] : ['', 'pre', 'post'].map((when) => `package.json#scripts.${when}${script}`)),
  ]
}

/** Puts an evidence.json together; nothing is judged here. */
export function assembleEvidence(parts: {
  readonly task: TaskFacts
  readonly fixture: FixtureFacts
  readonly runner: Evidence['runner']
  readonly work: SealedWork
  readonly suites: readonly SuiteRun[]
  readonly probes: readonly Probe[]
  readonly base: Readonly<Record<string, string>>
}): Evidence {
  const { work } = parts
  return {
    schema: 1,
    task: parts.task,
    fixture: parts.fixture,
    runner: parts.runner,
    stop: work.stop,
    finalMessage: work.finalMessage,
    usage: work.usage,
    changes: work.changes,
    snapshots: work.snapshots,
    transcript: work.transcript,
    ...(work.root !== undefined && { root: work.root }),
    suites: parts.suites,
    probes: parts.probes,
    base: parts.base,
  }
}
