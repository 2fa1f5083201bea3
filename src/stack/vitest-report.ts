import { z } from 'zod'
import type { SuiteCase } from '../evidence/suite.ts'
import type { Canaries, ReportReading } from './stack.ts'

const MESSAGE_LIMIT = 2_000

/** What is read of the report of vitest's `json` reporter (versions 3 to 5); it holds more. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          duration: z.number().nullish(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

type FileResult = z.infer<typeof reportSchema>['testResults'][number]

/**
 * Reads the report of vitest's `json` reporter. A test's id is `FILE::GROUP > GROUP > TITLE`, with the file relative to the root of the
 * repository; the second test of the same id gets ` #2` behind it, the third ` #3`, in the order of the file. A file that failed by itself
 * (it cannot be loaded, a hook around its tests threw) is a case of status `error` whose id is the file, and none of its tests passed.
 *
 * The root is where the canaries lie: the report names files by absolute paths. A test that was begun and never finished (its worker died)
 * is an `error`; JUnit's reporter writes it as if it had passed. Errors outside any test (a rejection that nobody handles) are not in the report.
 */
export function readVitestReport(report: string, canaries: Pick<Canaries, 'mustFail'>): ReportReading {
  const parsed = parse(report)
  if (parsed.kind === 'unreadable') {
    return parsed
  }
  const root = rootOf(parsed.files, canaries.mustFail.slice(0, canaries.mustFail.indexOf('::')))
  const cases = new Map<string, SuiteCase>()
  for (const file of parsed.files) {
    for (const one of casesOf(file, file.name.startsWith(root) ? file.name.slice(root.length) : file.name)) {
      const id = unused(one.id, cases)
      cases.set(id, { ...one, id })
    }
  }
  return { kind: 'read', cases: [...cases.values()] }
}

function parse(
  report: string,
): { readonly kind: 'parsed'; readonly files: readonly FileResult[] } | { readonly kind: 'unreadable'; readonly reason: string } {
  try {
    const { success, data, error } = reportSchema.safeParse(JSON.parse(report))
    return success ? { kind: 'parsed', files: data.testResults } : { kind: 'unreadable', reason: z.prettifyError(error) }
  } catch (error) {
    return { kind: 'unreadable', reason: `it is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function rootOf(files: readonly FileResult[], canaryPath: string): string {
  const found = files.find(({ name }) => name.endsWith(`/${canaryPath}`))
  return found === undefined ? '' : found.name.slice(0, -canaryPath.length)
}

function casesOf(file: FileResult, path: string): readonly SuiteCase[] {
  const tests = file.assertionResults.map((result): SuiteCase => {
    const message = (result.failureMessages ?? []).join('\n').slice(0, MESSAGE_LIMIT)
    return {
      id: `${path}::${[...result.ancestorTitles.filter((title) => title !== ''), result.title].join(' > ')}`,
      status: statusOf(result.status),
      seconds: Math.max(0, result.duration ?? 0) / 1000,
      ...(message === '' ? {} : { message }),
    }
  })
  const blamed = tests.some(({ status }) => status === 'failed' || status === 'error')
  if (file.status === 'passed' || (blamed && file.message === '')) {
    return tests
  }
  // Which of its tests a hook spoiled is not told: as in vitest's own summary, the file failed, and nothing in it passed.
  const message = (file.message || 'A hook of this file failed.').slice(0, MESSAGE_LIMIT)
  const spoiled = tests.map((test): SuiteCase => (test.status === 'passed' ? { ...test, status: 'error', message } : test))
  return [...spoiled, { id: path, status: 'error', seconds: 0, message }]
}

function statusOf(status: string): SuiteCase['status'] {
  if (status === 'passed' || status === 'failed') {
    return status
  }
  return ['skipped', 'todo', 'disabled'].includes(status) ? 'skipped' : 'error'
}

function unused(id: string, taken: ReadonlyMap<string, unknown>): string {
  let candidate = id
  for (let count = 2; taken.has(candidate); count += 1) {
    candidate = `${id} #${count}`
  }
  return candidate
}
