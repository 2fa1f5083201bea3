import { isUtf8 } from 'node:buffer'
import type { Entry } from '../evidence/change.ts'
import type { InstalledFile } from '../workspace/workspace.ts'

/** One call of a tool of the builtin runner. */
export interface ScriptedCall {
  readonly name: 'bash' | 'read' | 'write' | 'edit' | 'ask_user'
  readonly input: Readonly<Record<string, unknown>>
}

/** A tree's change as files: what each touched path is at the end (null: gone), and what it was. */
export interface TreeChange {
  readonly files: ReadonlyMap<string, InstalledFile | null>
  /** Every path of the base. */
  readonly base: ReadonlyMap<string, Entry>
  /** Content of those touched paths that are files in the base. */
  readonly before: ReadonlyMap<string, Uint8Array>
}

/** The tool calls that make a change: what must go first (`removals`), then each path that stays or is new, by path. */
export interface FileOperations {
  readonly removals: readonly ScriptedCall[]
  readonly changes: ReadonlyMap<string, readonly ScriptedCall[]>
}

/** The `edit` tool refuses larger files. Bytes. */
const EDIT_LIMIT = 256 * 1024

/**
 * Writes a change as tool calls, so that played in order (all removals, then the changes in any order) they leave exactly that tree.
 * Files that move unchanged are moved; text is edited where one block of it changed, else written; the rest is done in the shell.
 */
export function fileOperations(change: TreeChange): FileOperations {
  const gone = new Set([...change.files].flatMap(([path, now]) => (now === null && change.base.has(path) ? [path] : [])))
  const changes = new Map<string, readonly ScriptedCall[]>()
  for (const [path, now] of [...change.files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (now !== null) {
      const from = 'content' in now ? movedFrom(path, now.content, gone, change) : null
      if (from !== null) {
        gone.delete(from)
      }
      changes.set(path, [...contentCalls(path, now, from, change), ...modeCalls(path, now, change.base.get(from ?? path))])
    }
  }
  return { removals: [...gone].toSorted().map(removal), changes }
}

function movedFrom(path: string, content: Uint8Array, gone: ReadonlySet<string>, { base, before }: TreeChange): string | null {
  if (base.has(path) || content.length === 0) {
    return null
  }
  // A file cannot be moved below itself, or to where a removal has yet to make room.
  const free = (from: string) => !path.startsWith(`${from}/`) && !from.startsWith(`${path}/`)
  return [...gone].find((from) => free(from) && Buffer.compare(before.get(from) ?? Buffer.alloc(0), content) === 0) ?? null
}

function contentCalls(path: string, now: InstalledFile, from: string | null, change: TreeChange): readonly ScriptedCall[] {
  if ('target' in now) {
    return [bash(`${makeParent(path)}ln -sfn -- ${quote(now.target)} ${quote(path)}`)]
  }
  if (from !== null) {
    return [bash(`${makeParent(path)}mv -- ${quote(from)} ${quote(path)}`)]
  }
  const base = change.base.get(path)
  const before = change.before.get(path)
  if (base?.type === 'file' && before !== undefined && Buffer.compare(before, now.content) === 0) {
    return []
  }
  // The file tools follow a symlink and would write what it points at.
  const first = base?.type === 'symlink' ? [removal(path)] : []
  const text = textOf(now.content)
  if (text === null) {
    return [...first, bash(`${makeParent(path)}base64 -d > ${quote(path)} <<'END'\n${base64Lines(now.content)}\nEND`)]
  }
  const old = base?.type === 'file' && before !== undefined && before.length <= EDIT_LIMIT ? textOf(before) : null
  const edit = old === null ? null : oneBlock(old, text)
  return edit === null
    ? [...first, { name: 'write', input: { file_path: path, content: text } }]
    : [{ name: 'edit', input: { file_path: path, old_string: edit.old, new_string: edit.now } }]
}

function modeCalls(path: string, now: InstalledFile, base: Entry | undefined): readonly ScriptedCall[] {
  if (!('executable' in now)) {
    return []
  }
  const was = base?.type === 'file' && base.executable
  return was === now.executable ? [] : [bash(`chmod ${now.executable ? '+x' : '-x'} -- ${quote(path)}`)]
}

/** Removes a path and the folders that it leaves empty, as git does. */
function removal(path: string): ScriptedCall {
  const parent = parentOf(path)
  const folders = parent === null ? '' : ` && { rmdir -p -- ${quote(parent)} 2>/dev/null || true; }`
  return bash(`rm -f -- ${quote(path)}${folders}`)
}

/**
 * The one block of whole lines that differs, with as many lines around it as make it unique. Null where there is none that is
 * clearly smaller than the file: that is a rewrite.
 */
function oneBlock(before: string, after: string): { readonly old: string; readonly now: string } | null {
  if (before === '') {
    return null
  }
  const [old, now] = [before.split(/(?<=\n)/), after.split(/(?<=\n)/)]
  const shorter = Math.min(old.length, now.length)
  let head = 0
  while (head < shorter && old[head] === now[head]) {
    head += 1
  }
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) {
    tail += 1
  }
  for (; ; head = Math.max(0, head - 1), tail = Math.max(0, tail - 1)) {
    const block = { old: old.slice(head, old.length - tail).join(''), now: now.slice(head, now.length - tail).join('') }
    if (block.old.length > before.length / 2) {
      return null
    }
    if (block.old !== '' && before.split(block.old).length === 2 && before.replace(block.old, () => block.now) === after) {
      return block
    }
  }
}

/** Null for bytes that a text tool would not write back as they are. */
function textOf(content: Uint8Array): string | null {
  return isUtf8(content) && !content.includes(0) ? Buffer.from(content).toString('utf8') : null
}

function base64Lines(content: Uint8Array): string {
  return (
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n')
}

function bash(command: string): ScriptedCall {
  return { name: 'bash', input: { command } }
}

function makeParent(path: string): string {
  const parent = parentOf(path)
  return parent === null ? '' : `mkdir -p -- ${quote(parent)} && `
}

function parentOf(path: string): string | null {
  const end = path.lastIndexOf('/')
  return end === -1 ? null : path.slice(0, end)
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
