import type { Change } from '../../../src/evidence/change.ts'
import { sha256 } from '../../../src/evidence/digest.ts'
import type { Evidence, EvidenceView } from '../../../src/evidence/evidence.ts'
import type { CaseStatus, SuiteRun } from '../../../src/evidence/suite.ts'
import type { TranscriptEvent } from '../../../src/evidence/transcript.ts'
import { viewOf } from '../../../src/evidence/view.ts'
import { type Draw, pick, pythonModule, remark } from './sample-text.ts'

/** A trial's evidence and its patch, as collection would have left them. */
export interface SampleEvidence {
  readonly view: EvidenceView
  readonly patch: string
}

/** What a sample is about. */
export interface SampleWork {
  readonly task: string
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly failToPass: readonly string[]
  readonly passToPass: readonly string[]
  readonly failing: ReadonlyMap<string, string>
  readonly turns: number
  /** Put where an agent's own words stand. */
  readonly words?: string
}

const noUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 1, usd: 0.01 }

/** Evidence in the form that trials leave: a transcript, snapshots, one suite with a JUnit report, blobs by digest. */
export function sampleEvidence(draw: Draw, work: SampleWork): SampleEvidence {
  const contents = new Map<string, Uint8Array>()
  const keep = (text: string) => {
    const bytes = Buffer.from(text)
    contents.set(sha256(bytes), bytes)
    return sha256(bytes)
  }
  const changed = work.files.slice(0, 4).map(({ path }) => path)
  const changes: Change[] = changed.map((path) => ({
    path,
    kind: 'added',
    now: { type: 'file', digest: keep(`${path}${draw()}`), size: 9, executable: false },
  }))
  const events = eventsOf(draw, work, changes)
  const transcript = events.map((event, seq) => `${JSON.stringify({ seq, at: seq * 900, ...event })}\n`).join('')
  const words = work.words ?? 'All done: the tests pass.'
  const evidence: Evidence = {
    schema: 1,
    task: {
      id: work.task,
      kind: 'feature',
      instruction: keep(work.words ?? 'Offices keep asking how old a project is. Please add `created_at` to Project.'),
      mayChange: [],
      scope: { allow: [], forbid: [] },
      deliverable: [],
      kill: 0,
      failToPass: work.failToPass,
      passToPass: work.passToPass,
      mutants: [],
      right: [],
      severities: {},
      contradicting: [],
    },
    fixture: {
      name: 'django-docket',
      stack: 'pytest',
      backend: ['backend/**'],
      frontend: ['frontend/**'],
      shared: [],
      protected: [],
      layers: [],
      tests: [],
      autoloaded: [],
      litter: [],
      dependencies: [],
      commands: { test: './dev test' },
    },
    runner: { name: 'builtin', trust: 'observed' },
    stop: { kind: 'finished' },
    finalMessage: keep(words),
    usage: noUsage,
    changes,
    snapshots: snapshotsOf(changes),
    transcript: keep(transcript),
    suites: [suiteOf(work, keep)],
    probes: [],
    base: {},
  }
  return { view: viewOf(evidence, contents), patch: patchOf(draw, changed, work.words) }
}

function snapshotsOf(changes: readonly Change[]): Evidence['snapshots'] {
  return [0, 1, 2].map((seq) => ({ seq, at: seq * 4000, tree: sha256(String(seq)), changes: changes.slice(0, seq * 2) }))
}

const base = { thread: 't1', trust: 'observed' } as const

function eventsOf(draw: Draw, work: SampleWork, changes: readonly Change[]): readonly TranscriptEvent[] {
  const said = (own: string) => work.words ?? own
  const middle = Math.floor(work.turns / 2)
  const turns = Array.from({ length: work.turns }, (_, turn) => [
    ...turnOf(draw, work, turn),
    ...(turn === middle ? [snapshotEvent(1, changes)] : []),
  ])
  return [
    snapshotEvent(0, changes),
    ...turns.flat(),
    snapshotEvent(2, changes),
    { ...base, kind: 'question', text: said('Which status should it have?'), options: ['404', said('403')] },
    { ...base, kind: 'answer', text: said('404, as elsewhere.') },
    { ...base, kind: 'end', stop: 'finished', message: said('All done: the tests pass.') },
  ]
}

function turnOf(draw: Draw, work: SampleWork, turn: number): readonly TranscriptEvent[] {
  const file = pick(draw, work.files)
  const text = work.words ?? remark(draw)
  const told: TranscriptEvent[] = [
    { ...base, kind: 'request', model: 'claude-sonnet-4-5', system: 'a', tools: 'b', messages: [] },
    { ...base, kind: 'response', attempts: 1, usage: noUsage, message: { content: [{ type: 'text', text }] } },
  ]
  if (turn % 3 === 2) {
    const input = { file_path: file.path, old_string: pythonModule(draw, 6), new_string: pythonModule(draw, 12) }
    return [...told, ...callOf(draw, 'edit', turn, input, work.words ?? 'edited')]
  }
  return turn % 5 === 4
    ? [...told, ...callOf(draw, 'bash', turn, { command: work.words ?? './dev test' }, file.text)]
    : [...told, ...callOf(draw, 'read', turn, { file_path: file.path }, file.text)]
}

function callOf(draw: Draw, name: string, turn: number, input: unknown, text: string): readonly TranscriptEvent[] {
  const id = `toolu_${turn}`
  return [
    { ...base, kind: 'tool-call', id, name, input },
    { ...base, kind: 'tool-result', id, name, text, isError: turn % 7 === 6, ms: Math.floor(draw() * 4000) },
  ]
}

function snapshotEvent(snapshot: number, changes: readonly Change[]): TranscriptEvent {
  const changed = changes.slice(0, snapshot * 2).map(({ path }) => path)
  return { ...base, kind: 'snapshot', snapshot, tree: sha256(String(snapshot)), changed }
}

function suiteOf(work: SampleWork, keep: (text: string) => string): SuiteRun {
  const escaped = (text: string) =>
    text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/(?![\n\t])\p{Cc}/gu, '?')
  const line = (id: string, status: CaseStatus, message = '') => {
    const [, className = '', name = ''] = /^(.*)::([^:]*)$/s.exec(id) ?? []
    const inner = status === 'failed' ? `<failure message="${escaped(message.split('\n')[0] ?? '')}">${escaped(message)}</failure>` : ''
    return `<testcase classname="${escaped(className)}" name="${escaped(name)}" time="0.01">${inner}</testcase>`
  }
  const cases = [...work.failToPass, ...work.passToPass].map((id) => {
    const message = work.failing.get(id)
    return message === undefined ? line(id, 'passed') : line(id, 'failed', message)
  })
  const report = `<?xml version="1.0"?><testsuites><testsuite name="pytest">${cases.join('')}</testsuite></testsuites>`
  return {
    name: 'A',
    command: './dev test',
    exit: { ended: 'exited', exitCode: 1 },
    ms: 10_094,
    report: keep(report),
    output: keep([...work.failing].map(([id, message]) => `FAILED ${id}\n${message}\n`).join('')),
    canaries: { mustFail: 'canary::fails', mustError: 'canary::errors' },
  }
}

function patchOf(draw: Draw, paths: readonly string[], words?: string): string {
  return paths
    .map((path) => {
      const lines = (words === undefined ? pythonModule(draw, 30) : `${words}\n${pythonModule(draw, 20)}`).trimEnd().split('\n')
      return [
        `diff --git a/${path} b/${path}`,
        'index 1111111..2222222 100644',
        `--- a/${path}`,
        `+++ b/${path}`,
        `@@ -10,3 +10,${lines.length + 2} @@ class Project(models.Model):`,
        '     name = models.CharField(max_length=120)',
        '-    archived_at = models.DateTimeField(null=True)',
        ...lines.map((line) => `+${line}`),
        '     def __str__(self):',
        '',
      ].join('\n')
    })
    .join('')
}
