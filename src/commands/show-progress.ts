import { safeJson } from '../report/json.ts'
import { coloured, plain } from '../report/paint.ts'
import { notStarted, type Progress, progressAfter } from '../report/progress.ts'
import { endedLine, heartbeatLine, liveLines } from '../report/progress-lines.ts'
import type { RunEvent } from '../results/run.ts'
import type { TerminalIo } from './terminal-io.ts'

/** How often a run that prints nothing else says that it is alive: watchdogs end what is silent, and a redraw would flood a log. */
const HEARTBEAT_MS = 30_000

/** The pause between two redraws: ten a second at most. */
const REDRAW_MS = 100

/** How often the clocks of running trials move when nothing else does. */
const TICK_MS = 1000

/** Shows a run while it goes on, until it is stopped. Stopping twice is the same as once. */
export interface ProgressDisplay {
  take(event: RunEvent): void
  stop(): void
}

/**
 * Shows a run on `err`: redrawn where that is a terminal; elsewhere, and with `CI` or `TERM=dumb`, a line a finished trial and a heartbeat. With `json`, every event
 * is a line on `out` besides, `at` (ISO 8601) first, and so is a heartbeat. The cursor is hidden while lines are redrawn, and shown again when the display stops or
 * the run is interrupted.
 */
export function showProgress(
  io: Pick<TerminalIo, 'out' | 'err' | 'env' | 'interrupt'>,
  { json }: { readonly json: boolean },
): ProgressDisplay {
  const display = isLive(io) ? liveDisplay(io) : plainDisplay(io)
  return json ? withJson(display, io) : display
}

function withJson(display: ProgressDisplay, { out }: Pick<TerminalIo, 'out'>): ProgressDisplay {
  const write = (event: RunEvent) => out.write(`${safeJson({ at: new Date().toISOString(), ...event })}\n`)
  const beat = setInterval(() => write({ kind: 'heartbeat' }), HEARTBEAT_MS)
  return {
    take: (event) => {
      write(event)
      beat.refresh()
      display.take(event)
    },
    stop: () => {
      clearInterval(beat)
      display.stop()
    },
  }
}

/** Whether lines may be redrawn where `err` goes. */
function isLive({ err, env }: Pick<TerminalIo, 'err' | 'env'>): boolean {
  return err.isTTY === true && env.TERM !== 'dumb' && (env.CI === undefined || env.CI === '')
}

function plainDisplay({ err }: Pick<TerminalIo, 'err'>): ProgressDisplay {
  let progress = notStarted
  const say = (line: string) => err.write(`${line}\n`)
  const beat = setInterval(() => say(heartbeatLine(progress, Date.now())), HEARTBEAT_MS)
  return {
    take: (event) => {
      progress = progressAfter(progress, event, Date.now())
      if (event.kind === 'trial-ended') {
        say(endedLine(event.trial, plain))
        // The clock starts again: a line was printed just now.
        beat.refresh()
      }
    },
    stop: () => clearInterval(beat),
  }
}

function liveDisplay({ err, env, interrupt }: Pick<TerminalIo, 'err' | 'env' | 'interrupt'>): ProgressDisplay {
  const paint = env.NO_COLOR === undefined || env.NO_COLOR === '' ? coloured : plain
  let progress: Progress = notStarted
  let drawn = 0
  let stopped = false
  let pending: NodeJS.Timeout | null = null
  const above: string[] = []

  const draw = () => {
    pending = null
    const { rows = 24, columns = 80 } = err as { rows?: number; columns?: number }
    const lines = liveLines(progress, Date.now(), { rows, columns: columns - 1, paint })
    const finished = above.splice(0).map((line) => `${line}\n`)
    err.write(erased(drawn) + finished.join('') + lines.map((line) => `${line}\n`).join(''))
    drawn = lines.length
  }
  const drawSoon = () => {
    if (!stopped) {
      pending ??= setTimeout(draw, REDRAW_MS)
    }
  }
  const showCursor = () => err.write(SHOW_CURSOR)
  const tick = setInterval(drawSoon, TICK_MS)
  if (!interrupt.aborted) {
    err.write(HIDE_CURSOR)
    interrupt.addEventListener('abort', showCursor, { once: true })
  }
  return {
    take: (event) => {
      progress = progressAfter(progress, event, Date.now())
      if (event.kind === 'trial-ended') {
        above.push(endedLine(event.trial, paint))
      }
      drawSoon()
    },
    stop: () => {
      if (stopped) {
        return
      }
      stopped = true
      clearInterval(tick)
      clearTimeout(pending ?? undefined)
      interrupt.removeEventListener('abort', showCursor)
      err.write(erased(drawn) + above.map((line) => `${line}\n`).join('') + SHOW_CURSOR)
    },
  }
}

const HIDE_CURSOR = '\u{1b}[?25l'
const SHOW_CURSOR = '\u{1b}[?25h'

/** Up over the lines that were drawn, and away with them. */
function erased(lines: number): string {
  return lines === 0 ? '' : `\u{1b}[${lines}A\u{1b}[0J`
}
