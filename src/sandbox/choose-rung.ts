import type { RungReport } from './ladder.ts'
import type { Rung } from './sandbox.ts'

/** `tame`: only our own scripted actions will run. `forced`: the rung that the user asked for by name, or null. */
export interface RungWish {
  readonly tame: boolean
  readonly forced: Rung | null
}

export type RungChoice =
  | { readonly kind: 'rung'; readonly rung: Rung; readonly warning?: string }
  | { readonly kind: 'refused'; readonly message: string }

const UNBOXED = 'No sandbox: commands run as you, on this machine, with your files and your network.'

const told = (report: RungReport): readonly string[] =>
  report.works ? [] : [`  ${report.rung}: ${report.call}`, `    ${report.reason.split('\n').join('\n    ')}`, `    ${report.fix}`]

const refusal = (headline: string, reports: readonly RungReport[]): RungChoice => ({
  kind: 'refused',
  message: [headline, ...reports.flatMap(told)].join('\n'),
})

const chosen = (rung: Rung, boxes: readonly RungReport[]): RungChoice => {
  if (rung !== 'none') {
    return { kind: 'rung', rung }
  }
  return { kind: 'rung', rung, warning: [UNBOXED, ...boxes.flatMap(told)].join('\n') }
}

/** The strongest rung that works; `none` by itself only for tame runners, and for others only where the user says so. */
export const chooseRung = (reports: readonly RungReport[], wish: RungWish): RungChoice => {
  const boxes = reports.filter((report) => report.rung !== 'none')
  if (wish.forced !== null) {
    const asked = reports.filter((report) => report.rung === wish.forced)
    return asked.some((report) => report.works) ? chosen(wish.forced, []) : refusal(`The sandbox ${wish.forced} does not work here.`, asked)
  }
  const best = reports.find((report) => report.works && (report.rung !== 'none' || wish.tame))
  if (best !== undefined) {
    return chosen(best.rung, boxes)
  }
  const way = wish.tame
    ? 'Nothing can be run here.'
    : 'No sandbox works here, and this runner runs what a model writes. Mend one of these, or say --sandbox none.'
  return refusal(way, wish.tame ? reports : boxes)
}
