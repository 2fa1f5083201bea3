import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matchQuestions, type OpenQuestion } from '../../src/simulated-user/match-questions.ts'
import { questionsIn } from '../../src/simulated-user/question.ts'
import { findTasks } from '../../src/task/find-tasks.ts'

const root = join(import.meta.dirname, '..', '..')
const found = await findTasks(join(root, 'tasks'), { fixtures: null, rules: null })
const clarify = found.kind === 'found' ? found.tasks.filter(({ kind }) => kind === 'clarify') : []

/** How the first open question of a message is understood that was: a fact was given, a clearer question was asked for, or neither. */
function understood(message: string, open: readonly OpenQuestion[]): 'matched' | 'unsure' | 'unmatched' {
  const matches = matchQuestions(questionsIn(message), open).map(({ kind }) => kind)
  return matches.includes('matched') ? 'matched' : matches.includes('unsure') ? 'unsure' : 'unmatched'
}

/** `test/samples/questions/TASK/FOLDER/*.md`: messages of agents, by people who had the request alone and none of the task's terms. */
async function understoodOf(folder: 'asks' | 'others'): Promise<Readonly<Record<string, string>>> {
  const told = clarify.map(async ({ id, ambiguities }) => {
    const messages = join(root, 'test', 'samples', 'questions', id, folder)
    const files = (await readdir(messages)).toSorted()
    const kinds = await Promise.all(files.map(async (file) => understood(await readFile(join(messages, file), 'utf8'), ambiguities)))
    const named = (kind: string) => files.filter((_, index) => kinds[index] === kind).map((file) => file.replace('.md', ''))
    const [matched, unsure] = [named('matched'), named('unsure')]
    return [
      id,
      folder === 'asks'
        ? `understood ${matched.length} of ${files.length}, unsure ${unsure.join(' ') || '-'}, not ${named('unmatched').join(' ') || '-'}`
        : `mistaken ${matched.length} of ${files.length} ${matched.join(' ')}, unsure ${unsure.join(' ') || '-'}`,
    ] as const
  })
  return Object.fromEntries(await Promise.all(told))
}

test('whoever asks what is open is understood, in nearly any words', async () => {
  expect(await understoodOf('asks')).toMatchInlineSnapshot(`
    {
      "django-docket/accents-in-names": "understood 19 of 23, unsure 09 11 18 23, not -",
      "django-docket/comment-resolving": "understood 18 of 22, unsure 04 06 12, not 21",
      "django-docket/document-reviewers": "understood 20 of 22, unsure 22, not 21",
      "fastapi-ledger/customer-payments": "understood 21 of 22, unsure 04, not -",
      "fastapi-ledger/invoice-addressee": "understood 16 of 22, unsure 04 11 15 21 22, not 12",
      "fastify-orders/sign-in-lock": "understood 18 of 22, unsure 04 20, not 12 19",
    }
  `)
})

test('who asks something else in the same words is told nothing', async () => {
  expect(await understoodOf('others')).toMatchInlineSnapshot(`
    {
      "django-docket/accents-in-names": "mistaken 0 of 14 , unsure -",
      "django-docket/comment-resolving": "mistaken 2 of 14 09 13, unsure -",
      "django-docket/document-reviewers": "mistaken 0 of 14 , unsure -",
      "fastapi-ledger/customer-payments": "mistaken 0 of 14 , unsure 09 13",
      "fastapi-ledger/invoice-addressee": "mistaken 1 of 14 04, unsure 02 14",
      "fastify-orders/sign-in-lock": "mistaken 1 of 14 02, unsure 03 06 08 10",
    }
  `)
})
