import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../src/comparison/compare-runs.ts'
import { endComparison } from '../../src/comparison/ending.ts'
import { sequentialAnswer } from '../../src/comparison/sequential.ts'
import { arm, tasks } from './sample-arms.ts'

describe('a comparison that stops when it is decided', () => {
  it.each([
    ['nine losses and no win: enough, and the rest is saved', 'PPP------', 'FFF------', 'decided', 9],
    ['three pairs that disagree: not yet', 'P--------', 'F--------', 'open', 3],
    ['six losses: evidence 9.1 of 20', 'PP-------', 'FF-------', 'open', 6],
    ['nothing left that could decide it', 'PPPPPPPPP', 'PPPPPPPPP', 'futile', 0],
  ] as const)('%s', (_name, a, b, state, losses) => {
    const answer = sequentialAnswer(arm('a', tasks(3, a)), arm('b', tasks(3, b)))
    expect(answer).toMatchObject({ state, wins: 0, losses, needed: 20 })
  })

  it('counts the pairs that disagree, and only those', () => {
    const answer = sequentialAnswer(arm('a', { 'shop/x': 'PPFFV' }), arm('b', { 'shop/x': 'PFPFP' }))
    expect(answer).toMatchObject({ wins: 1, losses: 1, saved: 0 })
    expect(answer.evidence).toBeCloseTo(4 / (3 * 2), 12)
    const eight = sequentialAnswer(arm('a', tasks(8, 'P-')), arm('b', tasks(8, 'F-')))
    expect(eight).toMatchObject({ state: 'decided', losses: 8, saved: 16 })
    expect(eight.evidence).toBeCloseTo(256 / 9, 9)
  })

  it('answers by its evidence, and shows no p-value', () => {
    const how = { seed: '1', order: 'interleaved', rules: [], promptDiff: null, sequential: true } as const
    const compared = compareRuns(arm('a', tasks(8, 'P-')), arm('b', tasks(8, 'F-')), how)
    const comparison = compared.kind === 'compared' ? compared.comparison : null
    expect(comparison).toMatchObject({ verdict: 'worse', gate: { verdict: 'worse', p: null, interval: null }, compare: { p: null } })
    expect(
      comparison === null ? null : [endComparison(comparison, null), endComparison(comparison, { tolerance: 0.1 })],
    ).toMatchInlineSnapshot(`
      [
        {
          "code": 0,
          "sentence": "On these tasks B passes less often; of the pairs of trials that disagree, B alone passed 0 and A alone 8: evidence 28.4, 20 needed. Stopped when decided: 16 of the planned trials were not run.",
          "word": "WORSE",
        },
        {
          "code": 1,
          "sentence": "On these tasks B passes less often; of the pairs of trials that disagree, B alone passed 0 and A alone 8: evidence 28.4, 20 needed. Stopped when decided: 16 of the planned trials were not run.",
          "word": "FAIL",
        },
      ]
    `)
  })
})
