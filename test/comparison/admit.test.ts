import { describe, expect, it } from 'vitest'
import { admit } from '../../src/comparison/admit.ts'
import type { Baseline } from '../../src/comparison/baseline.ts'
import type { StoredArm } from '../../src/comparison/stored-arm.ts'
import { arm, tasks } from './sample-arms.ts'

function admitted(before: Baseline | null, stored: StoredArm): { readonly baseline: Baseline; readonly changes: readonly string[] } {
  const admission = admit(before, stored, 'the agent')
  if (admission.kind !== 'admitted') {
    throw new Error(JSON.stringify(admission))
  }
  return admission
}

const counts = (baseline: Baseline) =>
  baseline.tasks.map(({ task, records }) => `${task} ${records.map(({ passed, graded }) => `${passed}/${graded}`).join(' ')}`)

describe('admitting a run', () => {
  it('begins with one record a task', () => {
    const { baseline, changes } = admitted(null, arm('a', { 'shop/b': 'PPF', 'shop/a': 'PPP' }))
    expect(counts(baseline)).toEqual(['shop/a 3/3', 'shop/b 2/3'])
    expect(baseline).toMatchObject({ schema: 1, harness: '0.1.0', rung: 'overlay+bwrap', agentText: 'the agent' })
    expect(changes).toEqual([])
  })

  it('adds records, keeps tasks that the run left out, and tells that the prompt moved', () => {
    const first = admitted(null, arm('a', { 'shop/a': 'PPP', 'shop/b': 'PPP' })).baseline
    const { baseline, changes } = admitted(first, arm('b', { 'shop/a': 'PFF' }))
    expect(counts(baseline)).toEqual(['shop/a 3/3 1/3', 'shop/b 3/3'])
    expect(baseline.variant.agent.promptDigest).toBe('9'.repeat(64))
    expect(changes).toEqual(["The baseline's prompt was aaaaaaaaaaaa and is now 999999999999."])
  })

  it('counts no run twice', () => {
    const stored = arm('a', tasks(2, 'PPP'))
    expect(admit(admitted(null, stored).baseline, stored, 'the agent')).toEqual({
      kind: 'known',
      sentence: `Run ${stored.run.run} is in the baseline already; nothing was changed.`,
    })
  })

  it('forgets the records of a task that changed', () => {
    const first = admitted(null, arm('a', { 'shop/a': 'PPP', 'shop/b': 'PPP' })).baseline
    const stored = arm('b', { 'shop/a': 'PPF', 'shop/b': 'PPF' })
    const planned = stored.run.plan.tasks.map((one) => (one.task === 'shop/a' ? { ...one, fixtureDigest: '0'.repeat(64) } : one))
    const { baseline, changes } = admitted(first, { ...stored, run: { ...stored.run, plan: { ...stored.run.plan, tasks: planned } } })
    expect(counts(baseline)).toEqual(['shop/a 2/3', 'shop/b 3/3 2/3'])
    expect(changes[0]).toBe('shop/a: its fixture changed in between; its records begin anew.')
  })

  it('forgets everything where the rung is another', () => {
    const first = admitted(null, arm('a', { 'shop/a': 'PPP', 'shop/b': 'PPP' })).baseline
    const { baseline, changes } = admitted(first, arm('b', { 'shop/a': 'PPP' }, { rung: 'copy+bwrap' }))
    expect(counts(baseline)).toEqual(['shop/a 3/3'])
    expect(changes[0]).toBe('The rung of the sandbox was overlay+bwrap and is now copy+bwrap: records begin anew.')
  })
})

describe('runs that are refused', () => {
  const shard = arm('a', tasks(2, 'PP'))
  it.each([
    ['invalid by voids', 'invalid', arm('a', { ...tasks(9, 'P'), 'shop/x': 'V' }), /is invalid: it lost 1 of 10 trials/],
    ['not finished', 'refused', arm('a', { 'shop/a': 'PP', 'shop/b': 'P-' }), /is not finished: 1 of its trials/],
    ['two models', 'invalid', arm('a', tasks(2, 'PP'), {}, (_task, k) => ({ models: [`m-${k}`] })), /m-1 and m-2 both answered in it/],
    [
      'a shard',
      'refused',
      { ...shard, run: { ...shard.run, plan: { ...shard.run.plan, shard: { i: 1, n: 2 } } } },
      /is shard 1 of 2: merge all/,
    ],
  ])('%s', (_name, kind, stored, message) => {
    const admission = admit(null, stored, 'the agent')
    expect(admission.kind).toBe(kind)
    expect('sentences' in admission && admission.sentences.join('\n')).toMatch(message)
  })
})
