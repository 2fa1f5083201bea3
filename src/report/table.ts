import { cut } from './escape.ts'

/** One column: where its text stands, and whether it may be cut so that rows fit. */
export interface Column {
  readonly heading: string
  readonly align: 'left' | 'right'
  readonly shrinks?: boolean
}

/** The cells of a table, heading first, padded so that columns stand under each other and rows have at most `width` characters where the shrinking columns allow it. */
export function alignedCells(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const table = [columns.map(({ heading }) => heading), ...rows]
  const natural = columns.map((_, index) => Math.max(...table.map((row) => lengthOf(row[index] ?? ''))))
  const total = natural.reduce((sum, length) => sum + length, 0) + GAP.length * (columns.length - 1)
  const widths = natural.map((length, index) => (columns[index]?.shrinks ? Math.max(12, length - Math.max(0, total - width)) : length))
  return table.map((row) =>
    row.map((cell, index) => {
      const length = widths[index] ?? 0
      const text = cut(cell, length)
      const space = ' '.repeat(length - lengthOf(text))
      return columns[index]?.align === 'right' ? space + text : text + space
    }),
  )
}

/** A table of our own words in GitHub-flavoured Markdown, ending in a line break. Texts of agents need `escape.ts`. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (texts: readonly string[]): string => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |\n`
  return [headings, headings.map(() => '---'), ...rows].map(row).join('')
}

/** What stands between two columns. */
export const GAP = '  '

/** Breaks text at blanks into lines of at most `width` characters, all but the first indented by `indent` blanks. */
export function wrapped(text: string, width: number, indent: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const room = width - (lines.length > 0 ? indent : 0)
    if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`)
}

function lengthOf(text: string): number {
  return [...text].length
}
