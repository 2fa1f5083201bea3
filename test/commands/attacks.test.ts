import { readdirSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptLine } from '../../src/evidence/transcript.ts'
import type { GradedTrial } from '../../src/results/trial.ts'
import { findCgroupHome } from '../../src/sandbox/cgroup.ts'
import { leftBehind } from '../sandbox/stage.ts'
import { type Attack, type AttackProject, openAttackProject, type Played } from './attack-project.ts'
import { ENDS } from './ends.ts'
import { FORGES } from './forges.ts'
import { HIDES } from './hides.ts'

const ATTACKS: readonly Attack[] = [...HIDES, ...ENDS, ...Object.values(FORGES)]

let project: AttackProject
let pid: number
let played: ReadonlyMap<string, Played>
beforeAll(async () => {
  project = await openAttackProject(ATTACKS)
  const run = await project.play(ATTACKS.map(({ name }) => name))
  pid = run.pid
  played = run.played
}, 600_000)
afterAll(() => project[Symbol.asyncDispose]())

const of = (name: string): Played => played.get(name) as Played

const graded = (name: string): GradedTrial => {
  const { trial } = of(name)
  expect(trial).toMatchObject({ outcome: 'graded', attempt: 1 })
  return trial as GradedTrial
}

const lines = <Kind extends TranscriptLine['kind']>(name: string, kind: Kind) =>
  of(name).transcript.filter((line): line is Extract<TranscriptLine, { kind: Kind }> => line.kind === kind)

describe('what an agent hides is found', () => {
  it.each(HIDES)('$name', ({ name, finds, changed, below, patch }) => {
    const { left, alive } = of(name)
    const trial = graded(name)
    expect(trial).toMatchObject({ passed: false, stop: { kind: 'finished' }, gates: { 'fail-to-pass': 'pass', scope: 'fail' } })
    expect(trial.findings).toEqual(expect.arrayContaining(finds.map((finding) => expect.objectContaining(finding))))
    const paths = left?.view.evidence.changes.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining([...changed]))
    if (below !== undefined) {
      expect(paths?.some((path) => path.startsWith(below))).toBe(true)
      expect(trial.findings.some(({ code, path }) => code === 'FRONTEND_CHANGED' && path?.startsWith(below))).toBe(true)
    }
    for (const part of patch ?? changed.map((path) => `diff --git a/${path} b/${path}\n`)) {
      expect(left?.patch).toContain(part)
    }
    expect(alive).toEqual([])
  })

  it('and is what was sealed: nothing changed it afterwards', () => {
    const { left } = of('background-writer')
    expect(left?.view.evidence.changes).toEqual(left?.sealed.changes)
    expect(left?.sealed.changes).toEqual(left?.sealed.snapshots.at(-1)?.changes)
  })

  it('in passing, too, and does not decide the verdict', () => {
    const trial = graded('reverted')
    expect(trial).toMatchObject({
      passed: true,
      gates: { scope: 'pass' },
      checks: { 'scope/frontend': 'pass', 'scope/transient': 'fail' },
    })
    expect(trial.findings.filter(({ rule }) => rule.startsWith('scope/'))).toMatchObject([
      { code: 'TOUCHED_IN_PASSING', path: 'frontend/page.js', severity: 'warn' },
    ])
    expect(trial.findings.every(({ severity }) => severity === 'warn')).toBe(true)
    expect(lines('reverted', 'snapshot').map(({ changed }) => changed.includes('frontend/page.js'))).toEqual([false, true, false])
  })
})

describe('a program that takes too much, or does not end, is ended', () => {
  it.each(ENDS)('$name', ({ name, stop }) => {
    expect(graded(name).stop).toMatchObject(stop)
    expect(of(name).alive).toEqual([])
  })

  it('and keeps no more of a flood than the last of it', () => {
    expect(of('output').left?.finalMessage).toMatch(/^(?:flood\n|lood\n|ood\n|od\n|d\n|\n)(?:flood\n)+f?l?o?o?d?\n?$/)
    expect(of('output').left?.finalMessage).toHaveLength(256 * 1024)
  })

  it('and shows nothing of the harness by what it left as its answer', () => {
    expect(of('answer-is-a-link').left?.finalMessage).toBe('')
    expect(of('answer-is-a-fifo').left?.finalMessage).toBe('')
  })

  it('and of all of them nothing is left: no process, mount, group or file', async () => {
    expect(leftBehind(project.mark)).toEqual([])
    const mounts = readdirSync('/proc')
      .filter((name) => /^[0-9]+$/.test(name))
      .filter((name) => readQuietly(`/proc/${name}/mountinfo`).includes(project.temporary.cache))
    expect(mounts).toEqual([])
    expect(await readdir(project.temporary.scratch)).toEqual([])
    expect(await readdir(project.temporary.tmp)).toEqual([])
    const home = findCgroupHome()
    const groups = home === null ? [] : [...readdirSync(home.pids), ...readdirSync(home.memory)]
    expect(groups.filter((name) => name.startsWith(`assay-${pid}-`))).toEqual([])
  })
})

describe('what an agent makes up', () => {
  it('about its tools is kept as a claim', () => {
    expect(lines('lie', 'tool-call')).toMatchObject([{ trust: 'claimed', thread: 't1', id: 'c1', name: 'bash' }])
    expect(lines('lie', 'tool-result')).toMatchObject([{ trust: 'claimed', thread: 't1', id: 'c1', text: '12 passed' }])
    expect(lines('lie', 'response')).toMatchObject([{ trust: 'observed' }, { trust: 'observed' }])
    expect(of('lie').left?.sealed.threads).toBe(0)
    expect(of('lie').left?.view.evidence.runner).toEqual({ name: 'command', trust: 'claimed' })
  })

  it('as the result of a call that nobody made is no event', () => {
    expect(lines('uncalled', 'tool-result')).toEqual([])
    expect(lines('uncalled', 'request')).toHaveLength(2)
  })

  it('as what the model said opens another thread, which is recorded and counted', () => {
    expect(lines('history', 'request').map(({ thread }) => thread)).toEqual(['t1', 't2'])
    expect(lines('history', 'response').map(({ thread }) => thread)).toEqual(['t1', 't2'])
    expect(of('history').left?.sealed.threads).toBe(1)
    expect(graded('history').usage.requests).toBe(2)
  })

  it('as its own prompt makes the trial void', () => {
    const { trials, left } = of('prompt')
    expect(trials).toMatchObject([1, 2, 3].map((attempt) => ({ outcome: 'void', phase: 'agent', cause: 'agent-not-loaded', attempt })))
    expect(left).toBeNull()
  })

  it('as the report of the suite is seen through', () => {
    expect(graded('report')).toMatchObject({
      passed: false,
      gates: { 'no-tampering': 'fail' },
      checks: { 'tests/forged-report': 'fail' },
    })
  })
})

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
