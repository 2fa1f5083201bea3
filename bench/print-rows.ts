import { alignedCells, GAP, wrapped } from '../src/report/table.ts'
import { isMet, type Row } from './row.ts'

const COLUMNS = [
  { heading: 'measured', align: 'left' },
  { heading: 'median', align: 'right' },
  { heading: '[min..max]', align: 'left' },
  { heading: 'aim', align: 'left' },
  { heading: 'met', align: 'left' },
  { heading: 'for context: milliseconds of this machine', align: 'left' },
] as const

const WIDTH = 110

/** The table, then what each of its rows means. */
export function printRows(rows: readonly Row[]): string {
  const table = alignedCells(COLUMNS, rows.map(cellsOf), Number.POSITIVE_INFINITY).map((cells) => cells.join(GAP).trimEnd())
  const meanings = rows.map(({ name, means }) => `  ${wrapped(`${name}: ${means}`, WIDTH, 4)}`)
  return [...table, '', 'What the rows mean:', ...meanings].join('\n')
}

function cellsOf(row: Row): readonly string[] {
  const { aim, measured } = row
  const wanted = aim === null ? '-' : `${aim.for === 'at-most' ? '≤' : '≥'} ${aim.value}`
  if (measured.kind === 'missing') {
    return [row.name, '-', '-', wanted, '?', `not measured: ${measured.why}`]
  }
  const { spread, unit, context } = measured
  const range = spread.least === spread.most ? '' : `[${figure(spread.least)}..${figure(spread.most)}]`
  const met = isMet(row)
  const answer = met === null ? (aim === null ? '-' : '?') : met ? 'yes' : 'NO'
  return [row.name, `${figure(spread.median)}${unit}`, range, wanted, answer, context]
}

/** Three digits that count: 0.0078, 0.081, 1.81, 12.4, 130. */
function figure(value: number): string {
  const size = Math.abs(value)
  if (size === 0) {
    return '0'
  }
  return value.toFixed(Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(size)))))
}
