import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { readJunit } from '../../src/evidence/junit.ts'
import { renderJunit } from '../../src/report/junit.ts'
import { graded, sampleRun } from '../results/sample-run.ts'
import { frontendChanged, HOSTILE, mixedSummary, pipelineSummary, summaryOf } from './sample-summary.ts'

async function problemsOf(xml: string): Promise<readonly string[]> {
  const schema = await readFile(join(import.meta.dirname, '..', 'samples', 'ci-report', 'junit.xsd'), 'utf8')
  const { errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: xml },
    schema: { fileName: 'junit.xsd', contents: schema },
  })
  return errors.map(({ message }) => message)
}

/** Every character that XML has no place for, and what would end an element, an attribute or a CDATA section. */
const ILLEGAL = `${Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')}\u007f\u0085\ufffe\uffff\ud800\udc00\udfff ]]> </failure> <!-- " ' & \u{1f600}`

describe('a strict reader takes it', () => {
  const run = sampleRun(['django-docket/created-at'], 1)
  const hostile = graded(run, 'django-docket/created-at', 1, {
    passed: false,
    gates: { 'fail-to-pass': 'fail', scope: 'fail' },
    findings: [frontendChanged(ILLEGAL), frontendChanged(HOSTILE)],
    stop: { kind: 'failed', message: ILLEGAL },
  })
  it.each([
    ['one of everything', mixedSummary()],
    ['a run without a key', pipelineSummary()],
    ['a run of which nothing was run', summaryOf(sampleRun(['django-docket/created-at'], 2), [])],
    ['whatever an agent printed', summaryOf({ ...run, warnings: [ILLEGAL], variant: { ...run.variant, model: ILLEGAL } }, [hostile])],
  ])('%s', async (_name, summary) => {
    const xml = renderJunit(summary)
    expect(await problemsOf(xml)).toEqual([])
    expect(readJunit(xml).kind).toBe('read')
  })

  it('and refuses what breaks the format', async () => {
    const xml = renderJunit(mixedSummary())
    expect(await problemsOf(xml.replace('<system-out>', '<system-out>\u0001'))).not.toEqual([])
    expect(await problemsOf(xml.replace(/ name="django-docket\/\w+"/g, ' name="same"'))).not.toEqual([])
    expect(await problemsOf(xml.replace(/time="[\d.]+"/, 'time="1.2345"'))).not.toEqual([])
  })
})

it('tells agents that failed from faults of ours, and from what was not tried', () => {
  const xml = renderJunit(mixedSummary())
  const cases = [...xml.matchAll(/<testcase [^>]*name="([^"]*)"[^>]*>(?:<(failure|error|skipped) (?:type="([^"]*)" )?message="([^"]*)")?/g)]
  expect(cases.map(([, name, ...rest]) => [name?.slice(0, 27), ...rest])).toMatchInlineSnapshot(`
    [
      [
        "django-docket/status",
        "failure",
        "no-tampering",
        "0 of 3 trials passed (0 %, 95 % interval 0 to 56 %)",
      ],
      [
        "django-docket/notifications",
        "failure",
        "tests",
        "2 of 3 trials passed (67 %, 95 % interval 21 to 94 %)",
      ],
      [
        "django-docket/tests-for-the",
        "skipped",
        undefined,
        "No trial was graded, 3 not run",
      ],
      [
        "django-docket/upload",
        "error",
        "model.overloaded",
        "1 of 1 trial passed (100 %, 95 % interval 21 to 100 %), 1 void, 1 not run",
      ],
      [
        "django-docket/created-at",
        undefined,
        undefined,
        undefined,
      ],
    ]
  `)
  expect(xml.match(/<testsuites [^>]*>/)?.[0]).toMatchInlineSnapshot(
    `"<testsuites name="backend-coder on builtin" time="918.400" tests="5" failures="2" errors="1">"`,
  )
})

it('counts what it holds', () => {
  const xml = renderJunit(mixedSummary())
  const read = readJunit(xml)
  const statuses = read.kind === 'read' ? read.cases.map(({ status }) => status).toSorted() : []
  expect(statuses).toEqual(['error', 'failed', 'failed', 'passed', 'skipped'])
})
