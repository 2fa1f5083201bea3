import { readShell, type ShellLine } from './shell.ts'
import type { Program } from './shell-unwrap.ts'
import type { Timeline, ToolCall } from './timeline.ts'

/** A call of a shell tool. `line` is null where its text cannot be read. */
export interface ShellCall {
  readonly call: ToolCall
  readonly text: string
  readonly line: ShellLine | null
}

/** All calls of a shell tool, in order. */
export function shellCalls({ calls }: Timeline): readonly ShellCall[] {
  return calls.flatMap((call) => {
    const { command } = call.input
    return ['bash', 'shell'].includes(call.name) && typeof command === 'string' ? [{ call, text: command, line: readShell(command) }] : []
  })
}

/** Whether `words` run the documented command `documented`, from whatever folder, with whatever arguments behind it. */
export function runs(words: Program, documented: string): boolean {
  const wanted = lastProgram(documented)
  const given = sameSpelling(words)
  return (
    wanted.length > 0 && isSameProgram(given[0] ?? '', wanted[0] ?? '') && wanted.slice(1).every((word, index) => given[index + 1] === word)
  )
}

function lastProgram(documented: string): Program {
  return sameSpelling(readShell(documented)?.commands.at(-1)?.words ?? [])
}

/** `npm run test` is `npm test`. */
function sameSpelling(words: Program): Program {
  const [runner = '', run = '', script = ''] = words
  return ['npm', 'pnpm', 'yarn', 'bun'].includes(runner) && ['run', 'run-script'].includes(run)
    ? [runner, script, ...words.slice(3)]
    : words
}

/** `./dev`, `../dev` and `/workspace/dev` are the same script. */
function isSameProgram(given: string, wanted: string): boolean {
  const script = wanted.replace(/^\.\//, '')
  return (
    given === wanted ||
    (wanted.includes('/') && (given.replace(/^(?:\.\.?\/)+/, '') === script || (given.startsWith('/') && given.endsWith(`/${script}`))))
  )
}
