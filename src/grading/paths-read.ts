import { programOf, readShell } from './shell.ts'
import type { ToolCall } from './timeline.ts'

const VIEWERS = [
  'cat',
  'head',
  'tail',
  'less',
  'more',
  'bat',
  'batcat',
  'nl',
  'sed',
  'awk',
  'grep',
  'egrep',
  'rg',
  'ag',
  'tac',
  'pr',
  'diff',
]

/**
 * Repository paths whose content a call showed, as far as its own words and its answer tell. A path that was written with `*` stands for
 * one that matches it; paths may be relative to a folder that the shell had changed to, so `cd` within the same line is followed.
 */
export function pathsRead(call: ToolCall, cwd: string): readonly string[] {
  const { result, input, name } = call
  if (result === null || result.isError || result.text === '') {
    return []
  }
  if (name === 'read' || name === 'view') {
    const path = input.file_path ?? input.path
    return typeof path === 'string' ? [fromRoot(path, '')] : []
  }
  if (name === 'grep') {
    return quotedPaths(result.text)
  }
  return typeof input.command === 'string' ? [...inShell(input.command, cwd), ...quotedPaths(result.text)] : []
}

/** The folder, relative to the root, that a shell is in after a line; a `cd` to a variable is not followed. */
export function folderAfter(text: string, cwd: string): string {
  let folder = cwd
  for (const { words } of readShell(text)?.commands ?? []) {
    const [, target] = words
    if (words[0] === 'cd' && target !== undefined && !target.startsWith('-') && !target.includes('$')) {
      folder = fromRoot(target, folder)
    }
  }
  return folder
}

function inShell(text: string, cwd: string): readonly string[] {
  let folder = cwd
  return (readShell(text)?.commands ?? []).flatMap((command) => {
    const [program, target] = command.words
    if (program === 'cd' && target !== undefined) {
      folder = fromRoot(target, folder)
    }
    const files = command.words.slice(1).filter((word) => !word.startsWith('-') && /[./]/.test(word))
    return VIEWERS.includes(programOf(command)) ? files.map((word) => fromRoot(word.replaceAll('*', 'x'), folder)) : []
  })
}

/** Search results: `path:line:text` and `path-line-text`. */
function quotedPaths(text: string): readonly string[] {
  return [...text.matchAll(/^(?:\.\/)?((?:[\w.-]+\/)+[\w.-]+\.\w+)[:-]\d+[:-]/gm)].map(([, path]) => path ?? '')
}

/** Relative to the root; an absolute path below `/workspace` is cut, another is kept. */
function fromRoot(path: string, folder: string): string {
  if (path.startsWith('/')) {
    return path.replace(/^\/workspace(?:\/|$)/, '')
  }
  const parts: string[] = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop()
    } else if (part !== '.' && part !== '') {
      parts.push(part)
    }
  }
  return parts.join('/')
}
