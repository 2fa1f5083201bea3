import { cut, markdownCode, markdownText, printable } from './escape.ts'
import type { Paint, Style } from './paint.ts'
import { alignedCells, type Column, GAP, wrapped } from './table.ts'

/** A part of a report that every format can show. Texts may be an agent's own: each format makes them safe. */
export type Section =
  /** What limits all that follows. */
  | { readonly kind: 'notes'; readonly notes: readonly string[] }
  | { readonly kind: 'headline'; readonly word: string; readonly style: Style; readonly sentence: string }
  /** Facts by label. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, text: string])[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly Row[]; readonly below?: string }
  /** A unified diff. */
  | { readonly kind: 'diff'; readonly title: string; readonly text: string }

/** One row of a table; `style` is that of its sign, which stands before the first cell. */
export interface Row {
  readonly sign: string
  readonly style: Style
  readonly cells: readonly string[]
}

/** Characters a line: what a terminal, a CI log and a quoted mail show without breaking. */
const WIDTH = 100

/** Characters of one cell or sentence in Markdown. */
const MOST_CHARACTERS = 600

/** Sections for a person at a terminal, ending in a line break. `maxDiffLines` bounds each diff. */
export function sectionsForTerminal(sections: readonly Section[], paint: Paint, maxDiffLines: number): string {
  const blocks = sections.map((section) => terminalBlock(section, paint, maxDiffLines))
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function terminalBlock(section: Section, paint: Paint, maxDiffLines: number): string {
  switch (section.kind) {
    case 'notes':
      return section.notes.map((note) => paint('yellow', wrapped(printable(note), WIDTH, 0))).join('\n')
    case 'headline': {
      const lines = wrapped(printable(`${section.word}  ${section.sentence}`), WIDTH, section.word.length + 2)
      return paint(section.style, section.word) + lines.slice(section.word.length)
    }
    case 'facts': {
      const width = Math.max(0, ...section.facts.map(([label]) => label.length)) + 2
      const line = ([label, text]: readonly [string, string]) =>
        paint('bold', label.padEnd(width)) + wrapped(printable(text), WIDTH - width, width)
      return section.facts.map(line).join('\n')
    }
    case 'table':
      return terminalTable(section, paint)
    case 'diff':
      return terminalDiff(section, paint, maxDiffLines)
  }
}

function terminalTable({ columns, rows, below }: Extract<Section, { kind: 'table' }>, paint: Paint): string {
  if (rows.length === 0) {
    return ''
  }
  const [top = [], ...cells] = alignedCells(
    columns.map((column) => ({ ...column, heading: column.heading.toUpperCase() })),
    rows.map((row) => row.cells.map(printable)),
    WIDTH - 2,
  )
  const lines = cells.map((line, index) => {
    const row = rows[index]
    return row === undefined ? '' : `${paint(row.style, row.sign.padEnd(1))} ${line.join(GAP)}`.trimEnd()
  })
  const note = below === undefined ? [] : [`  ${paint('dim', wrapped(printable(below), WIDTH - 2, 2))}`]
  return [paint('dim', `  ${top.join(GAP)}`.trimEnd()), ...lines, ...note].join('\n')
}

function terminalDiff({ title, text }: Extract<Section, { kind: 'diff' }>, paint: Paint, most: number): string {
  const lines = text.trimEnd().split('\n')
  const shown = lines.slice(0, most).map((line) => {
    const safe = cut(printable(line), WIDTH - 2)
    const style = line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : 'dim'
    return `  ${paint(style, safe)}`
  })
  const left = lines.length - shown.length
  return [paint('bold', title), ...shown, ...(left > 0 ? [`  and ${left} more lines`] : [])].join('\n')
}

/** Sections as GitHub-flavoured Markdown, ending in a line break. Nothing an agent wrote becomes markup, a link or a mention. */
export function sectionsForMarkdown(title: string, sections: readonly Section[]): string {
  const blocks = sections.map(markdownBlock).filter((block) => block !== '')
  return `${[`## ${markdownText(title)}`, ...blocks].join('\n\n')}\n`
}

function markdownBlock(section: Section): string {
  switch (section.kind) {
    case 'notes':
      return section.notes.map((note) => `> **${agentText(note)}**`).join('\n>\n')
    case 'headline':
      return `**${section.word}**: ${agentText(section.sentence)}`
    case 'facts':
      return section.facts.map(([label, text]) => `- **${markdownText(label)}**: ${agentText(text)}`).join('\n')
    case 'table':
      return markdownTable(section)
    case 'diff':
      return markdownDiff(section)
  }
}

function markdownTable({ columns, rows, below }: Extract<Section, { kind: 'table' }>): string {
  if (rows.length === 0) {
    return ''
  }
  const cell = (text: string, index: number) => (index === 0 ? markdownCode(cut(text, MOST_CHARACTERS)) : agentText(text))
  return [
    `| | ${columns.map(({ heading }) => heading).join(' | ')} |`,
    `|---|${columns.map(({ align }) => (align === 'right' ? '---:|' : '---|')).join('')}`,
    ...rows.map(({ sign, cells }) => `| ${sign} | ${cells.map(cell).join(' | ')} |`),
    ...(below === undefined ? [] : ['', agentText(below)]),
  ].join('\n')
}

function markdownDiff({ title, text }: Extract<Section, { kind: 'diff' }>): string {
  const lines = text.trimEnd().split('\n').map(printable)
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)))
  const fence = '`'.repeat(longest + 1)
  return [`<details><summary>${markdownText(title)}</summary>`, '', `${fence}diff`, ...lines, fence, '', '</details>'].join('\n')
}

function agentText(text: string): string {
  return markdownText(cut(text, MOST_CHARACTERS))
}
