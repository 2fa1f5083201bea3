import { legible } from '../escape.ts'

/** One file of a patch. Lines keep their first character: ` `, `+`, `-`, or `\` for the remark that a last line has no end. */
export interface PatchFile {
  readonly path: string
  readonly kind: 'added' | 'deleted' | 'changed' | 'mode'
  readonly binary: boolean
  readonly added: number
  readonly deleted: number
  readonly hunks: readonly Hunk[]
  /** Lines that are left out of `hunks`. */
  readonly left: number
}

interface Hunk {
  readonly from: number
  readonly to: number
  /** What git prints behind the numbers: the function that a hunk stands in. */
  readonly within: string
  readonly lines: readonly string[]
}

/** Characters of one line that are shown. */
const LONGEST_LINE = 400

/**
 * Reads a patch as git writes it (`diff --git`, unified). Lines of a hunk are counted off as its header says and never looked at for what they might be:
 * a removed line `-- x` stands in a patch as `--- x`, and an agent can write lines that look like the header of another file.
 */
export function patchFiles(patch: string): readonly PatchFile[] {
  const lines = patch.split('\n')
  const files: PatchFile[] = []
  let at = 0
  while (at < lines.length) {
    if (!lines[at]?.startsWith('diff --git ')) {
      at += 1
      continue
    }
    const read = readFile(lines, at)
    files.push(read.file)
    at = read.after
  }
  return files
}

function readFile(lines: readonly string[], from: number): { readonly file: PatchFile; readonly after: number } {
  let at = from + 1
  while (at < lines.length && !/^(@@ |diff --git |GIT binary patch$)/.test(lines[at] ?? '')) {
    at += 1
  }
  const head = lines.slice(from, at)
  const binary = lines[at] === 'GIT binary patch' || head.some((line) => line.startsWith('Binary files '))
  const hunks: Hunk[] = []
  while (!binary && lines[at]?.startsWith('@@ ')) {
    const { hunk, after } = readHunk(lines, at)
    hunks.push(hunk)
    at = after
  }
  const count = (sign: string) => hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.startsWith(sign)).length, 0)
  return { file: { path: pathOf(head), kind: kindOf(head), binary, added: count('+'), deleted: count('-'), hunks, left: 0 }, after: at }
}

function readHunk(lines: readonly string[], from: number): { readonly hunk: Hunk; readonly after: number } {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(lines[from] ?? '')
  const [, start, before = '1', to, now = '1', within = ''] = match ?? []
  const after = endOfHunk(lines, from + 1, { before: Number(before), now: Number(now) })
  const shown = lines.slice(from + 1, after).map(shownLine)
  return { hunk: { from: Number(start ?? 0), to: Number(to ?? 0), within: legible(within).slice(0, 120), lines: shown }, after }
}

/** The first line behind a hunk that holds `before` lines of the old file and `now` of the new one. */
function endOfHunk(lines: readonly string[], from: number, { before, now }: { readonly before: number; readonly now: number }): number {
  let left = before + now
  let at = from
  for (; at < lines.length; at += 1) {
    const sign = lines[at]?.[0]
    if (left <= 0 && sign !== '\\') {
      break
    }
    left -= sign === '\\' ? 0 : sign === '+' || sign === '-' ? 1 : 2
  }
  return at
}

function shownLine(line: string): string {
  return line.length > LONGEST_LINE ? `${legible(line.slice(0, LONGEST_LINE))}…` : legible(line)
}

function kindOf(head: readonly string[]): PatchFile['kind'] {
  if (head.some((line) => line.startsWith('new file mode '))) {
    return 'added'
  }
  if (head.some((line) => line.startsWith('deleted file mode '))) {
    return 'deleted'
  }
  return head.some((line) => line.startsWith('index ')) ? 'changed' : 'mode'
}

function pathOf(head: readonly string[]): string {
  const named = (sign: string) => head.find((line) => line.startsWith(sign))?.slice(4)
  const path = [named('+++ '), named('--- ')].find((one) => one !== undefined && one !== '/dev/null')
  if (path !== undefined) {
    return legible(unquoted(path).slice(2))
  }
  // Where content has not changed only the first line names the file, twice and alike: `diff --git a/X b/X`.
  const both = (head[0] ?? '').slice('diff --git '.length)
  const half = both.slice((both.length + 1) / 2)
  return legible(unquoted(half).slice(2))
}

/** A path as git quotes it: C escapes, bytes of UTF-8 as three octal digits. */
function unquoted(path: string): string {
  const bare = path.replace(/\t$/, '')
  if (!bare.startsWith('"')) {
    return bare
  }
  const bytes: number[] = []
  for (const [, octal, letter, plain] of bare.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8))
    } else {
      bytes.push(...new TextEncoder().encode(letter === undefined ? (plain ?? '') : (escapes[letter] ?? letter)))
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes))
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' }
