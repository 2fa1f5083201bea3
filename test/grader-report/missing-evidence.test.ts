import { describe, expect, it } from 'vitest'
import { allCases } from '../../grader-report/all-cases.ts'
import { evidenceOf, type RuleCase } from '../../grader-report/rule-cases.ts'
import { sha256 } from '../../src/evidence/digest.ts'
import type { EvidenceView } from '../../src/evidence/evidence.ts'
import type { Probe, ProbeName } from '../../src/evidence/probe.ts'
import { grade } from '../../src/grading/grade.ts'
import type { Rule } from '../../src/grading/rule.ts'
import { rules } from '../../src/grading/rules.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { languageOf } from '../../src/syntax/syntax.ts'

const syntax = await loadSyntax()
const answer = (rule: Rule, view: EvidenceView) => grade(view, [rule], syntax).checks[rule.id]

/** The same evidence with other contents. */
const withTexts = (view: EvidenceView, texts: Readonly<Record<string, string>>, evidence = view.evidence): EvidenceView => ({
  evidence,
  text: (digest) => texts[digest] ?? view.text(digest),
  blob: (digest) => (texts[digest] === undefined ? view.blob(digest) : Buffer.from(texts[digest])),
})

const BROKEN = 'def f(:\n  if (((\n'

/** Every changed source ends in what no grammar reads. */
function unparsable(view: EvidenceView): EvidenceView {
  const sources = view.evidence.changes.filter(({ path }) => languageOf(path) !== null)
  const texts = sources.flatMap((change) => {
    const digest = 'now' in change && change.now.type === 'file' ? change.now.digest : null
    return digest === null ? [] : [[digest, `${view.text(digest)}\n${BROKEN}`] as const]
  })
  return withTexts(view, Object.fromEntries(texts))
}

function truncated(view: EvidenceView): EvidenceView {
  const text = view.text(view.evidence.transcript) ?? ''
  return withTexts(view, { [view.evidence.transcript]: text.slice(0, Math.floor(text.length * 0.7)) })
}

const withoutSnapshots = (view: EvidenceView): EvidenceView => withTexts(view, {}, { ...view.evidence, snapshots: [] })

const withoutReports = (view: EvidenceView): EvidenceView =>
  withTexts(view, {}, { ...view.evidence, suites: view.evidence.suites.map((run) => ({ ...run, report: null })) })

const withoutSuites = (view: EvidenceView): EvidenceView => withTexts(view, {}, { ...view.evidence, suites: [] })

const cutReports = (view: EvidenceView): EvidenceView =>
  withTexts(view, Object.fromEntries(view.evidence.suites.map(({ report }) => [report ?? '', '<testsuites><testsuite><testcase na'])))

/** The fixture declares a probe about everything, and its run is missing. */
function withoutProbe(view: EvidenceView, name: ProbeName): EvidenceView {
  const fixture = { ...view.evidence.fixture, probes: { [name]: { files: ['**'] } } }
  return withTexts(view, {}, { ...view.evidence, fixture, probes: [] })
}

/** It ran, and said what nobody can read. */
function withUnreadProbe(view: EvidenceView, name: ProbeName): EvidenceView {
  const { evidence } = withoutProbe(view, name)
  const probe: Probe = {
    name,
    on: 'result',
    command: 'lint',
    reads: 'gitlab',
    files: view.evidence.changes.map(({ path }) => path),
    exit: { ended: 'exited', exitCode: 1 },
    ms: 1,
    output: sha256(BROKEN),
    errors: sha256(''),
  }
  return withTexts(view, { [sha256(BROKEN)]: BROKEN, [sha256('')]: '' }, { ...evidence, probes: [probe] })
}

/** Rules whose answer is in the syntax of what was changed. The others of the tree look at paths and at tables. */
const parses = ({ id }: Rule): boolean => /^(?:style|data|api)\//.test(id)
const timed = ({ id, rests }: Rule): boolean =>
  (rests.includes('model') || rests.includes('snapshots')) && !['scope/transient', 'ask/declined'].includes(id)

type Way = readonly [name: string, concerns: (rule: Rule) => boolean, spoil: (view: EvidenceView) => EvidenceView]

const ways: readonly Way[] = [
  ['a source that cannot be parsed', parses, unparsable],
  ['a transcript that is cut off', timed, truncated],
  ['no snapshots', ({ rests }) => rests.includes('snapshots'), withoutSnapshots],
  ['no report', ({ id }) => /^(?:tests\/(?:fail|pass)|deliverable\/(?!only))/.test(id), withoutReports],
  ['half a report', ({ id }) => /^(?:tests\/(?:fail|pass)|deliverable\/(?!only))/.test(id), cutReports],
  ['no suite', ({ rests, id }) => rests.includes('suites') && id !== 'process/verifies', withoutSuites],
  ...(['lint', 'format', 'migrations'] as const).flatMap((name): readonly Way[] => [
    [`no run of the probe ${name}`, ({ rests }) => rests.includes(`probe:${name}`), (view) => withoutProbe(view, name)],
    [`an unreadable run of the probe ${name}`, ({ rests }) => rests.includes(`probe:${name}`), (view) => withUnreadProbe(view, name)],
  ]),
]

describe.each(ways)('%s', (_, concerns, spoil) => {
  it.each(rules.filter(concerns).map((rule) => [rule.id, rule] as const))('is no pass for %s', (id, rule) => {
    const { flags, leaves } = allCases.find((table) => table.rule === id) ?? { flags: [], leaves: [] }
    const answers = [...flags, ...leaves].map((one: RuleCase) => [one.name, answer(rule, spoil(evidenceOf(one)))] as const)
    expect(answers.filter(([, check]) => check === 'pass')).toEqual([])
    expect(leaves.map((one) => answer(rule, evidenceOf(one)))).toContain('pass')
  })
})

it.each(rules.filter(parses).map((rule) => [rule.id, rule] as const))('%s says nothing good without grammars', (id, rule) => {
  const { leaves } = allCases.find((table) => table.rule === id) ?? { leaves: [] }
  expect(leaves.map((one) => grade(evidenceOf(one), [rule], null).checks[rule.id])).not.toContain('pass')
})

it('a suite that is missing leaves the word of a runner inside the sandbox without confirmation', () => {
  const rule = rules.find(({ id }) => id === 'process/verifies')
  const leaves = allCases.find((table) => table.rule === 'process/verifies')?.leaves ?? []
  const claimed = (one: RuleCase): EvidenceView => {
    const view = evidenceOf(one)
    return withTexts(view, {}, { ...view.evidence, suites: [], runner: { name: 'command', trust: 'claimed' } })
  }
  expect(leaves.map((one) => rule && answer(rule, claimed(one)))).not.toContain('pass')
})

it('the same evidence is judged to the same bytes', () => {
  for (const { leaves, flags } of allCases) {
    for (const one of [...leaves.slice(0, 1), ...flags.slice(0, 1)]) {
      expect(JSON.stringify(grade(evidenceOf(one), rules, syntax))).toBe(JSON.stringify(grade(evidenceOf(one), rules, syntax)))
    }
  }
})
