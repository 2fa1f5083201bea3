import type { ShellCommand } from './shell.ts'
import { programOf } from './shell.ts'
import type { Program } from './shell-unwrap.ts'

/** Options that take a value of their own, by program. */
const valued: Readonly<Record<string, readonly string[]>> = {
  install: ['-m', '-o', '-g', '-S'],
  mkdir: ['-m'],
  touch: ['-d', '-r', '-t'],
  cp: ['-S'],
  mv: ['-S'],
}

/** Programs that write or remove every path that they name, and those that write the last one only. */
const all: ReadonlySet<string> = new Set(['touch', 'mkdir', 'rm', 'rmdir', 'tee', 'truncate', 'unlink', 'chmod', 'chown', 'mkfifo'])
const last: ReadonlySet<string> = new Set(['cp', 'mv', 'ln', 'install', 'rsync'])

/** The paths that a simple command writes, as far as its words tell: what a script or a heredoc of Python does is not seen. */
export function pathsWritten(command: ShellCommand): readonly string[] {
  return [...command.writes, ...byProgram(programOf(command), command.words.slice(1))]
}

function byProgram(program: string, words: Program): readonly string[] {
  if (all.has(program)) {
    // The first operand of these two is a mode or an owner.
    return operands(program, words).slice(program === 'chmod' || program === 'chown' ? 1 : 0)
  }
  if (last.has(program)) {
    const folder = words.indexOf('-t')
    return folder === -1 ? operands(program, words).slice(1).slice(-1) : words.slice(folder + 1, folder + 2)
  }
  return byOption[program]?.(words) ?? []
}

const editsInPlace = (words: Program): readonly string[] =>
  words.some((word) => /^-\w*i/.test(word) || word.startsWith('--in-place'))
    ? operands('sed', words).slice(words.includes('-e') ? 0 : 1)
    : []

const behind =
  (...options: readonly string[]) =>
  (words: Program): readonly string[] =>
    words.filter((_, at) => options.includes(words[at - 1] ?? ''))

/** Programs that write where an option says. */
const byOption: Readonly<Record<string, (words: Program) => readonly string[]>> = {
  sed: editsInPlace,
  perl: editsInPlace,
  dd: (words) => words.flatMap((word) => (word.startsWith('of=') ? [word.slice(3)] : [])),
  curl: behind('-o', '--output'),
  wget: behind('-O', '--output-document'),
  git: (words) => (words[0] === 'config' && words.includes('--global') ? ['~/.gitconfig'] : []),
}

function operands(program: string, words: Program): Program {
  const takes = valued[program] ?? []
  return words.filter((word, at) => !word.startsWith('-') && !takes.includes(words[at - 1] ?? ''))
}

/** A path without `.` and `..`, taken from `folder` where it is relative; null for one that a shell would have to expand. */
export function resolved(path: string, folder: string): string | null {
  if (path.startsWith('~') || /^\$\{?HOME\b\}?/.test(path)) {
    return path.replace(/^\$\{?HOME\}?/, '~')
  }
  if (path === '' || path.includes('$') || path.includes('§') || folder.startsWith('~')) {
    return null
  }
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : folder}/${path}`.split('/')) {
    if (part === '..') {
      parts.pop()
    } else if (part !== '' && part !== '.') {
      parts.push(part)
    }
  }
  return `/${parts.join('/')}`
}
