import { describe, expect, it } from 'vitest'
import { type ComparisonOptions, compareRuns } from '../../src/comparison/compare-runs.ts'
import type { Comparison } from '../../src/comparison/comparison.ts'
import { comparisonSchema } from '../../src/comparison/schema.ts'
import type { StoredArm } from '../../src/comparison/stored-arm.ts'
import type { Run } from '../../src/results/run.ts'
import { sampleRun } from '../results/sample-run.ts'
import { arm, tasks } from './sample-arms.ts'

const options: ComparisonOptions = { seed: '1', order: 'interleaved', rules: ['style/braces', 'process/verifies'], promptDiff: null }

function compared(a: StoredArm, b: StoredArm): Comparison {
  const result = compareRuns(a, b, options)
  if (result.kind === 'refused') {
    throw new Error(result.sentences.join('\n'))
  }
  return result.comparison
}

function refused(a: StoredArm, b: StoredArm): readonly string[] {
  const result = compareRuns(a, b, options)
  return result.kind === 'refused' ? result.sentences : []
}

describe('verdicts', () => {
  it.each([
    ['twelve tasks that fail where they passed', tasks(12, 'PPP'), tasks(12, 'FFF'), 'worse', 'worse'],
    ['twelve tasks that pass where they failed', tasks(12, 'FFF'), tasks(12, 'PPP'), 'better', 'better'],
    ['no difference at all', tasks(12, 'PPF'), tasks(12, 'PPF'), 'cannot tell', 'cannot tell'],
    ['five tasks, which no sign test can decide, though their trials do', tasks(5, 'PPP'), tasks(5, 'FFF'), 'worse', 'cannot tell'],
    ['six tasks, each once: all sign patterns say 2 in 64', tasks(6, 'P'), tasks(6, 'F'), 'worse', 'worse'],
    ['one flake among twelve', tasks(12, 'PPP'), { ...tasks(12, 'PPP'), 'shop/t01': 'PPF' }, 'cannot tell', 'cannot tell'],
  ])('%s', (_name, a, b, gate, compare) => {
    const comparison = compared(arm('a', a), arm('b', b))
    expect([comparison.gate.verdict, comparison.compare.verdict, comparison.verdict]).toEqual([gate, compare, compare])
  })

  it('holds both questions against tests of their own', () => {
    const { gate, compare } = compared(arm('a', tasks(6, 'PP')), arm('b', { ...tasks(6, 'PP'), 'shop/t01': 'FF', 'shop/t02': 'FF' }))
    expect(gate.effect).toBeCloseTo(-1 / 3, 12)
    // Within each of the two tasks one of C(4, 2) = 6 assignments is as low; the others cannot move.
    expect(gate.p?.worse).toBeCloseTo(1 / 36, 12)
    expect(compare.p?.different).toBeCloseTo(0.5, 12)
    expect([gate.exact, compare.exact]).toEqual([true, true])
    expect(gate.verdict).toBe('worse')
    expect(compare.verdict).toBe('cannot tell')
  })

  it('gives the same answer twice', () => {
    const one = compared(arm('a', tasks(12, 'PPF')), arm('b', tasks(12, 'PFF')))
    expect(compared(arm('a', tasks(12, 'PPF')), arm('b', tasks(12, 'PFF')))).toEqual(one)
    expect(comparisonSchema.safeParse(JSON.parse(JSON.stringify(one)))).toMatchObject({ success: true, data: one })
  })
})

describe('single tasks', () => {
  it('names what collapsed and what recovered, worst first, whatever the mean does', () => {
    const a = { 'shop/died': 'PPP', 'shop/grew': 'FFF', 'shop/less': 'PPF', 'shop/more': 'PFF', 'shop/same': 'PFP' }
    const b = { 'shop/died': 'FFF', 'shop/grew': 'PPP', 'shop/less': 'PFF', 'shop/more': 'PFP', 'shop/same': 'PPF' }
    const comparison = compared(arm('a', a), arm('b', b))
    expect(comparison.gate.effect).toBeCloseTo(0, 12)
    expect(comparison.tasks.map(({ task, change }) => `${task} ${change}`)).toEqual([
      'shop/died collapsed',
      'shop/less less',
      'shop/same same',
      'shop/more more',
      'shop/grew recovered',
    ])
    // Fisher: one of C(6, 3) tables on each side.
    expect(comparison.tasks[0]?.p).toBeCloseTo(2 / 20, 12)
  })

  it('calls a task no collapse that did not always pass before', () => {
    const comparison = compared(arm('a', { 'shop/x': 'PPF', 'shop/y': 'PFF' }), arm('b', { 'shop/x': 'FFF', 'shop/y': 'PPP' }))
    expect(comparison.tasks.map(({ change }) => change)).toEqual(['less', 'more'])
  })

  it('calls one trial that failed no collapse', () => {
    expect(compared(arm('a', tasks(2, 'P')), arm('b', tasks(2, 'F'))).tasks.map(({ change }) => change)).toEqual(['less', 'less'])
  })
})

describe('what counts', () => {
  it('drops a void trial from both arms, and tells every denominator', () => {
    const a = arm('a', { ...tasks(9, 'PPPP'), 'shop/odd': 'PVP-' })
    const b = arm('b', { ...tasks(9, 'PPPP'), 'shop/odd': 'FPFP' })
    const comparison = compared(a, b)
    expect(comparison.tasks[0]).toMatchObject({
      task: 'shop/odd',
      a: { passed: 2, counted: 2, voids: 1, notRun: 1 },
      b: { passed: 0, counted: 2, voids: 0, notRun: 0 },
      change: 'collapsed',
    })
    expect(comparison.a).toMatchObject({ passed: 38, counted: 38, planned: 40, voids: 1, notRun: 1, unpartnered: 0 })
    expect(comparison.b).toMatchObject({ passed: 36, counted: 38, planned: 40, voids: 0, notRun: 0, unpartnered: 2 })
  })

  it('leaves out and names tasks that do not pair', () => {
    const names = ['shop/same', 'shop/task', 'shop/fixture', 'shop/tools', 'shop/gone', 'shop/void']
    const letters = Object.fromEntries(names.map((name) => [name, name === 'shop/void' ? '-' : 'P']))
    const { 'shop/gone': _, ...left } = letters
    const b = arm('b', { ...left, 'shop/new': 'P' })
    const changed: Readonly<Record<string, object>> = {
      'shop/task': { taskDigest: '2'.repeat(64) },
      'shop/fixture': { fixtureDigest: '2'.repeat(64) },
      'shop/tools': { environmentDigest: '2'.repeat(64) },
    }
    const plan = { ...b.run.plan, tasks: b.run.plan.tasks.map((planned) => ({ ...planned, ...changed[planned.task] })) }
    const comparison = compared(arm('a', letters), { ...b, run: { ...b.run, plan } })
    expect(comparison.tasks.map(({ task }) => task)).toEqual(['shop/same'])
    expect(comparison.leftOut).toMatchInlineSnapshot(`
      [
        {
          "task": "shop/task",
          "why": "the task changed in between",
        },
        {
          "task": "shop/fixture",
          "why": "its fixture changed in between",
        },
        {
          "task": "shop/tools",
          "why": "its environment differs: toolchains or installed packages",
        },
        {
          "task": "shop/gone",
          "why": "only A has it",
        },
        {
          "task": "shop/new",
          "why": "only B has it",
        },
        {
          "task": "shop/void",
          "why": "no pair of its trials was graded in both runs",
        },
      ]
    `)
  })

  it('pairs by number where the runs have different numbers of trials', () => {
    const comparison = compared(arm('a', tasks(6, 'PPFFF')), arm('b', tasks(6, 'PP')))
    expect(comparison.a).toMatchObject({ passed: 12, counted: 12, planned: 30, unpartnered: 18 })
    expect(comparison.notes).toContain('A has 5 trials a task and B has 2: the first 2 of each are paired, the others do not count.')
  })
})

describe('validity before verdict', () => {
  it.each([
    ['more than one trial in twenty void', { ...tasks(19, 'P'), 'shop/x': 'V', 'shop/y': 'V' }, tasks(19, 'P'), ['too-many-voids']],
    ['exactly one in twenty', { ...tasks(19, 'P'), 'shop/x': 'V' }, { ...tasks(19, 'P'), 'shop/x': 'P' }, []],
    ['voids that went away when tried again', tasks(20, 'w'), tasks(20, 'P'), []],
    ['nothing counted', { 'shop/x': '-' }, { 'shop/x': 'P' }, ['nothing-counted']],
    [
      'unequal voids, few enough on each side',
      { ...tasks(95, 'P'), ...tasks(5, 'V', 'shop/v') },
      { ...tasks(95, 'P'), ...tasks(5, 'P', 'shop/v') },
      ['unequal-voids'],
    ],
    [
      'equal voids, few enough on each side',
      { ...tasks(95, 'P'), ...tasks(5, 'V', 'shop/v') },
      { ...tasks(95, 'P'), ...tasks(5, 'V', 'shop/v') },
      [],
    ],
  ])('%s', (_name, a, b, kinds) => {
    const padded = Object.fromEntries(Object.keys(a).map((task) => [task, (b as Record<string, string>)[task] ?? 'P']))
    const { validity, verdict, gate } = compared(arm('a', a), arm('b', padded))
    expect(validity.reasons.map(({ kind }) => kind)).toEqual(kinds)
    expect(validity.valid).toBe(kinds.length === 0)
    expect([verdict === 'invalid', gate.verdict === 'invalid']).toEqual([kinds.length > 0, kinds.length > 0])
  })

  it.each([
    ['two models in one run', ['m-1', 'm-2'], ['m-1'], 'two-models'],
    ['another model in the other run', ['m-1'], ['m-2'], 'other-model-answered'],
    ['no model in one run', [], ['m-2'], null],
  ])('%s', (_name, inA, inB, kind) => {
    const answered = (models: readonly string[]) => (_task: string, k: number) => ({
      models: models.length > 1 ? [models[k - 1] ?? 'm-1'] : models,
    })
    const { reasons } = compared(arm('a', tasks(6, 'PP'), {}, answered(inA)), arm('b', tasks(6, 'PP'), {}, answered(inB))).validity
    expect(reasons.map((reason) => reason.kind)).toEqual(kind === null ? [] : [kind])
  })

  it('counts void attempts by phase and cause, those with better luck later too', () => {
    const { voids } = compared(arm('a', { ...tasks(30, 'P'), 'shop/x': 'V' }), arm('b', { ...tasks(30, 'P'), 'shop/x': 'w' })).validity
    expect(voids).toEqual([{ phase: 'model', cause: 'overloaded', a: 3, b: 1 }])
  })

  it('tells what the answer would be if voids were failures', () => {
    const spread = (letter: string) => Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`shop/t0${index + 1}`, letter]))
    const a = arm('a', { ...tasks(120, 'P', 'shop/fine'), ...spread('P') })
    const b = arm('b', { ...tasks(120, 'P', 'shop/fine'), ...spread('V') })
    const comparison = compared(a, b)
    expect(comparison.voidsAsFailures).toMatchObject({ changes: true, gate: { verdict: 'worse' } })
    expect(compared(arm('a', tasks(6, 'P')), arm('b', tasks(6, 'P'))).voidsAsFailures).toBeNull()
  })
})

describe('refusals', () => {
  const variant = sampleRun([], 1).variant
  const cases: readonly (readonly [string, Partial<Run>, string])[] = [
    ['rung', { rung: 'none' }, 'The sandbox differs: A ran on rung overlay+bwrap, B on none. Run both on one (--sandbox).'],
    ['runner', { variant: { ...variant, runner: 'nop' } }, 'The runner differs: builtin in A, nop in B. Run both with one (--runner).'],
    [
      'model',
      { variant: { ...variant, model: 'm-2' } },
      'The model differs: claude-sonnet-4-5 in A, m-2 in B. Run both with one (--model).',
    ],
    [
      'upstream',
      { variant: { ...variant, upstream: 'reference' } },
      "The model's part was played by api in A and by reference in B. Run both with one (--upstream).",
    ],
    [
      'version',
      { versions: { ...sampleRun([], 1).versions, assay: '0.2.0' } },
      'The version of Assay differs: 0.1.0 in A, 0.2.0 in B, and its rules with it. Run both with one.',
    ],
    ['same run', { run: sampleRun([], 1).run }, `A and B are the same run, ${sampleRun([], 1).run}.`],
  ]
  it.each(cases)('%s', (_name, change, sentence) => {
    expect(refused(arm('a', tasks(2, 'P')), arm('b', tasks(2, 'P'), change))).toEqual([sentence])
  })

  it('tells every reason at once, and a shard by its number', () => {
    const b = arm('b', tasks(2, 'P'))
    const shard = { ...b, run: { ...b.run, rung: 'none' as const, plan: { ...b.run.plan, shard: { i: 2, n: 3 } } } }
    expect(refused(arm('a', tasks(2, 'P')), shard)).toEqual([
      `Run ${b.run.run} is shard 2 of 3: merge all of them first.`,
      'The sandbox differs: A ran on rung overlay+bwrap, B on none. Run both on one (--sandbox).',
    ])
  })

  it('is told where no task pairs', () => {
    expect(refused(arm('a', { 'shop/x': 'P' }), arm('b', { 'shop/y': 'P' }))).toEqual([
      'No task pairs.',
      'shop/x: only A has it.',
      'shop/y: only B has it.',
    ])
  })
})

describe('beside the answers', () => {
  it('holds rules to Holm, and tells what could not be judged', () => {
    const checks = (braces: 'pass' | 'fail') => (_task: string, k: number) => ({
      checks: { 'style/braces': braces, 'process/verifies': k === 1 ? ('pass' as const) : ('na' as const) },
    })
    const comparison = compared(arm('a', tasks(4, 'PPP'), {}, checks('pass')), arm('b', tasks(4, 'PPP'), {}, checks('fail')))
    const [braces, verifies] = comparison.rules
    expect(braces).toMatchObject({
      rule: 'style/braces',
      a: { kept: 12, of: 12, na: 0, inconclusive: 0 },
      b: { kept: 0, of: 12 },
      effect: -1,
      verdict: 'worse',
    })
    expect(braces?.p).toBeCloseTo(2 / 20 ** 4, 12)
    expect(braces?.adjusted).toBeCloseTo(4 / 20 ** 4, 12)
    expect(verifies).toMatchObject({ a: { kept: 4, of: 4, na: 8 }, effect: 0, p: 1, verdict: 'cannot tell' })
  })

  it('tells cost, tokens, turns and time as ratios of pairs', () => {
    const twice = (factor: number) => () => ({
      usage: { input: 100 * factor, output: 0, cacheRead: 0, cacheWrite: 0, requests: 10, usd: factor === 1 ? 0.1 : null },
      seconds: { prepare: 0, agent: 10 * factor, suites: 1, grade: 1 },
    })
    const { ratios } = compared(arm('a', tasks(3, 'PP'), {}, twice(1)), arm('b', tasks(3, 'PP'), {}, twice(2)))
    expect(ratios.map(({ what, tasks: counted }) => [what, counted])).toEqual([
      ['usd', 0],
      ['tokens', 3],
      ['turns', 3],
      ['seconds', 3],
    ])
    expect(ratios.map(({ ratio }) => ratio)).toEqual([null, expect.closeTo(2, 12), expect.closeTo(1, 12), expect.closeTo(2, 12)])
    expect(ratios[1]?.interval?.low).toBeCloseTo(2, 9)
  })

  it('says what limits it', () => {
    const b = arm('b', tasks(2, 'P'), { warnings: ['The sandbox is off.'], host: { ...sampleRun([], 1).host, cpus: 64 } })
    const separate = compareRuns(arm('a', tasks(2, 'P')), b, { ...options, order: 'separate' })
    expect(separate.kind === 'compared' && separate.comparison.notes).toMatchInlineSnapshot(`
      [
        "The two runs were made one after the other: drift of the model and of the machine in between is part of the difference.",
        "The two runs had different machines.",
        "The sandbox is off.",
      ]
    `)
  })
})
