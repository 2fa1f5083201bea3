import { upperBound } from '../src/statistics/interval.ts'
import { sources } from './corpus.ts'
import type { Accuracy, OnCorpus, RuleAccuracy } from './measure.ts'
import { violators } from './violators.ts'

/** The report as Markdown: one row a rule, and every false alarm by name. */
export function accuracyTable(accuracy: Accuracy): string {
  const { blind, aware, solutions } = accuracy.changes
  return [
    `${blind + aware + solutions} clean changes: ${blind} written by people who had not seen the rules (blind), ${aware} aimed at them (aware), ${solutions} solutions of the tasks.`,
    '',
    '| rule | flags what it must | leaves what it must | blind | aware | solutions | on our corpus at most | violator |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...accuracy.rules.map(row),
    '',
    ...told(accuracy),
  ].join('\n')
}

function row(one: RuleAccuracy): string {
  const { corpus } = one
  const cells =
    corpus === null
      ? [...sources.map(() => ''), '']
      : [...sources.map((source) => onSource(corpus[source])), atMost(sources.map((source) => corpus[source]))]
  return `| ${[
    `\`${one.rule}\``,
    `${one.flagged} of ${one.mustFlag}`,
    `${one.leftAlone} of ${one.mustLeave}`,
    ...cells,
    violators.some(({ rule }) => rule === one.rule) ? 'yes' : 'none',
  ].join(' | ')} |`
}

function onSource({ judged, alarms, inconclusive }: OnCorpus): string {
  const open = inconclusive === 0 ? '' : `, ${inconclusive} inconclusive`
  return judged + inconclusive === 0 ? '–' : `${alarms} of ${judged}${open}`
}

function atMost(all: readonly OnCorpus[]): string {
  const [alarms, judged] = [sum(all.map((one) => one.alarms)), sum(all.map((one) => one.judged))]
  return judged === 0 ? '–' : `${(100 * upperBound(alarms, judged)).toFixed(1)} %`
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0)
}

function told({ alarms }: Accuracy): readonly string[] {
  return alarms.length === 0
    ? ['No clean change is flagged.']
    : [
        'Clean changes that are flagged:',
        '',
        ...alarms.map(({ rule, change, findings }) => `- \`${rule}\` on \`${change}\`: ${findings.join('; ')}`),
      ]
}
