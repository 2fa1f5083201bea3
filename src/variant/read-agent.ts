import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { didYouMean } from '../task/problem.ts'
import type { GitResult } from '../workspace/git.ts'
import { git } from '../workspace/git.ts'
import type { AgentReading } from './parse-agent.ts'
import { parseAgent } from './parse-agent.ts'

/** `absent`: nothing could be read at `source`; the message says why and what is near. */
export type AgentSource =
  | (AgentReading & {
      /** The file as it is. */
      readonly bytes: Uint8Array
    })
  | { readonly kind: 'absent'; readonly message: string }

/** `missing`: there is no such file, and nothing else is wrong. */
type Bytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent'; readonly message: string; readonly missing: boolean }

/** Reads an agent from a file (relative to `cwd`) or from `git:REV:PATH` of the repository around `cwd`, PATH relative to its root. */
export async function readAgent(source: string, cwd: string): Promise<AgentSource> {
  const bytes = await readSource(source, cwd)
  return bytes.kind === 'absent' ? { kind: 'absent', message: bytes.message } : { ...parseAgent(bytes.bytes, source), bytes: bytes.bytes }
}

/** The bytes of a file (relative to `cwd`), or of `git:REV:PATH`. */
export async function readSource(source: string, cwd: string): Promise<Bytes> {
  return source.startsWith('git:') ? readRevision(source, cwd) : readPath(source, cwd)
}

async function readPath(path: string, cwd: string): Promise<Bytes> {
  try {
    return { kind: 'bytes', bytes: await readFile(resolve(cwd, path)) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : String(error)
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      EACCES: 'it may not be read',
    }
    return { kind: 'absent', message: `The agent ${path} cannot be read: ${reasons[String(code)] ?? code}.`, missing: code === 'ENOENT' }
  }
}

async function readRevision(source: string, cwd: string): Promise<Bytes> {
  const [, revision, path] = /^git:([^:]+):(.+)$/s.exec(source) ?? []
  if (revision === undefined || path === undefined) {
    return {
      kind: 'absent',
      message: `The agent ${source} cannot be read: expected git:REVISION:PATH, such as git:HEAD~1:agents/backend-coder.md.`,
      missing: false,
    }
  }
  const commit = await ask(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (!commit.ok) {
    return { kind: 'absent', message: await unknownRevision(source, revision, cwd), missing: false }
  }
  const name = text(commit.stdout)
  // `git show` would run the text converters that a repository configures.
  const blob = await ask(cwd, ['cat-file', 'blob', `${name}:${path}`])
  return blob.ok
    ? { kind: 'bytes', bytes: blob.stdout }
    : { kind: 'absent', message: await unknownPath(source, { revision, name, path }, cwd), missing: true }
}

async function unknownRevision(source: string, revision: string, cwd: string): Promise<string> {
  const inside = await ask(cwd, ['rev-parse', '--git-dir'])
  if (!inside.ok) {
    return `The agent ${source} cannot be read: ${inside.stderr.trim()}`
  }
  const names = await ask(cwd, ['for-each-ref', '--format=%(refname:short)'])
  return `The agent ${source} cannot be read: there is no revision \`${revision}\`${didYouMean(revision, text(names.stdout).split('\n'))}`
}

async function unknownPath(source: string, at: { revision: string; name: string; path: string }, cwd: string): Promise<string> {
  const listed = await ask(cwd, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', at.name])
  const hint = didYouMean(at.path, text(listed.stdout).split('\0'))
  return `The agent ${source} cannot be read: revision \`${at.revision}\` has no file \`${at.path}\`${hint}`
}

/** Asks the repository around `cwd`, whoever owns it: a container's user is often another than the checkout's. */
function ask(cwd: string, args: readonly string[]): Promise<GitResult> {
  return git({ cwd, args: ['-c', 'safe.directory=*', ...args], env: { GIT_CEILING_DIRECTORIES: '' } })
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trim()
}
