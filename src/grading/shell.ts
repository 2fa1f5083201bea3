import { type After, type Raw, scanShell } from './shell-scan.ts'
import { basename, type Program, unwrap } from './shell-unwrap.ts'

/** One simple command, its wrappers (`env`, `timeout`, `bash -c`, …) taken off. */
export interface ShellCommand {
  readonly words: Program
  readonly after: After
  /** The files that it writes through redirections. */
  readonly writes: readonly string[]
}

/** A command line read; null where it cannot be (an open quote or bracket). */
export interface ShellLine {
  readonly commands: readonly ShellCommand[]
  /** `set -o pipefail` is in force: a pipeline fails with any of its commands. */
  readonly pipefail: boolean
}

const DEPTH = 6
const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'fi', 'while', 'until', 'do', 'done', '!', '{', '}', 'esac', 'time'])

/** Splits a shell command line into the simple commands that it holds, those of substitutions and of `bash -c` included. */
export function readShell(text: string, depth = 0): ShellLine | null {
  if (depth > DEPTH) {
    return null
  }
  const scanned = scanShell(text)
  if (scanned === null) {
    return null
  }
  const commands: ShellCommand[] = []
  for (const raw of scanned) {
    for (const inner of raw.substitutions) {
      const line = readShell(inner, depth + 1)
      if (line === null) {
        return null
      }
      commands.push(...line.commands.map((command) => ({ ...command, after: 'lost' as const })))
    }
    const read = readRaw(raw, depth)
    if (read === null) {
      return null
    }
    commands.push(...read)
  }
  const pipefail = commands.some(({ words }) => words[0] === 'set' && words.some((word) => word === 'pipefail'))
  return { commands, pipefail }
}

function readRaw(raw: Raw, depth: number): readonly ShellCommand[] | null {
  let words = raw.words
  while (words[0] !== undefined && KEYWORDS.has(words[0])) {
    words = words.slice(1)
  }
  if (words.length === 0 || ['for', 'case', 'select', 'function'].includes(words[0] ?? '')) {
    return raw.writes.length === 0 ? [] : [{ words: [':'], after: raw.after, writes: raw.writes }]
  }
  const unwrapped = unwrap(words)
  if (unwrapped.kind === 'program') {
    return unwrapped.words.length === 0 ? [] : [{ words: unwrapped.words, after: raw.after, writes: raw.writes }]
  }
  const inner = readShell(unwrapped.text, depth + 1)
  return inner === null
    ? null
    : inner.commands.map((command, index) => ({
        ...command,
        after: index === inner.commands.length - 1 && command.after === '' ? raw.after : command.after,
        writes: [...command.writes, ...raw.writes],
      }))
}

/** Whether the exit code of the whole line says how this command ended (`true` for code 0: it ended well). */
export function exitTells(line: ShellLine, index: number): boolean {
  const rest = line.commands.slice(index)
  const outer = rest.filter((command) => command.after !== 'lost')
  const last = outer.length - 1
  return rest[0]?.after !== 'lost' && outer.every(({ after }, at) => at === last || after === '&&' || (after === '|' && line.pipefail))
    ? outer[last]?.after === '' || outer[last]?.after === ';'
    : false
}

/** The last part of a program's path. */
export const programOf = (command: ShellCommand): string => basename(command.words[0])
