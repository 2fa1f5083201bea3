import { expect, test } from 'vitest'
import type { Asking } from '../../src/grading/asking.ts'
import { askSummary } from '../../src/report/ask-summary.ts'
import { totalLines } from '../../src/report/wording.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'
import { summaryOf } from './sample-summary.ts'

const run = sampleRun(['docket/open', 'docket/settled'], 3)
const clarify = (k: number, told: Partial<Extract<Asking, { role: 'clarify' }>>) =>
  graded(run, 'docket/open', k, { asking: { role: 'clarify', open: 2, questions: 0, matched: 0, unsure: 0, silent: false, ...told } })
const twin = (k: number, questions: number) => graded(run, 'docket/settled', k, { asking: { role: 'twin', questions } })

const trials = [
  clarify(1, { questions: 3, matched: 2 }),
  clarify(2, { questions: 2, matched: 1, unsure: 1 }),
  clarify(3, { silent: true }),
  twin(1, 0),
  twin(2, 2),
  voided(run, 'docket/settled', 3),
]

test('precision, recall and F1 are of all trials together; the unsure are in none of them', () => {
  expect(askSummary(trials)).toMatchObject({
    trials: { clarify: 3, twins: 2 },
    precision: { count: 3, of: 4 },
    recall: { count: 3, of: 6 },
    f1: { value: 0.6 },
    unsure: 1,
    silentDefault: { count: 1, of: 3 },
    overAsking: { count: 1, of: 2 },
  })
})

test('there is no rate of nothing', () => {
  expect(askSummary([graded(run, 'docket/open', 1)])).toBeNull()
  expect(askSummary([twin(1, 1)])).toMatchObject({ precision: null, recall: null, f1: null, silentDefault: null })
  expect(askSummary([clarify(1, {})])).toMatchObject({ precision: null, recall: { count: 0, of: 2 }, f1: { value: 0 }, overAsking: null })
})

const linesOf = (some: typeof trials) =>
  totalLines(summaryOf(run, some))
    .map(([label, text]) => `${label}: ${text}`)
    .slice(2, 4)
    .join('\n')

test('a report tells the pair together, and what is missing of it', () => {
  expect(linesOf(trials)).toMatchInlineSnapshot(`
    "Asking: precision 3 of 4 questions, 75 % (95 % interval 30 to 95 %); recall 3 of 6 open questions, 50 % (95 % interval 19 to 81 %); F1 0.60 (0.23 to 0.88 by the bounds of both); 1 question unsure
    : silent default 1 of 3 clarify trials, 33 % (95 % interval 6 to 79 %); over-asking 1 of 2 twin trials, 50 % (95 % interval 9 to 91 %)"
  `)
  expect(linesOf([twin(1, 1)])).toMatchInlineSnapshot(`
    "Asking: precision no question; recall no open question; 0 questions unsure
    : silent default no clarify trial; over-asking 1 of 1 twin trial, 100 % (95 % interval 21 to 100 %)"
  `)
})
