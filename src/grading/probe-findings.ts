import { z } from 'zod'
import { matcher } from '../evidence/glob.ts'
import type { Probe, ProbeName } from '../evidence/probe.ts'
import type { Item } from './added-items.ts'
import type { GradingView } from './rule.ts'

/** What a tool of the fixture has against one place. `text` is the tool's name for the mistake and its sentence, without numbers. */
export interface ProbeItem extends Item {
  readonly tool: string
}

/**
 * What became of a probe. `undeclared`: the fixture has no such tool; `idle`: nothing that it is about was changed; `unread`: it was not collected, did not run,
 * or its output cannot be read. `before` is empty where the result is clean, for then the base was not asked.
 */
export type ProbeReading =
  | { readonly kind: 'undeclared' | 'idle' | 'unread' }
  | { readonly kind: 'read'; readonly before: readonly ProbeItem[]; readonly after: readonly ProbeItem[] }

type Text = (digest: string) => string | null

/** Reads a probe of a trial. `paths`: what was changed and could have been handed to it. */
export function readProbe(view: GradingView, name: ProbeName, paths: readonly string[]): ProbeReading {
  const { fixture, probes } = view.evidence
  const declared = fixture.probes?.[name]
  if (declared === undefined) {
    return { kind: 'undeclared' }
  }
  if (!paths.some(matcher(declared.files))) {
    return { kind: 'idle' }
  }
  const result = probes.find((probe) => probe.name === name && probe.on === 'result')
  const base = probes.find((probe) => probe.name === name && probe.on === 'base')
  if (result === undefined) {
    return { kind: 'unread' }
  }
  const after = itemsOf(result, view.text)
  const before = base === undefined ? [] : itemsOf(base, view.text)
  return after === null || before === null ? { kind: 'unread' } : { kind: 'read', before, after }
}

/** The findings of one run; null where it did not run or says what cannot be read. */
export function itemsOf(probe: Probe, text: Text): readonly ProbeItem[] | null {
  const [output, errors] = [text(probe.output), text(probe.errors)]
  if (probe.exit.ended !== 'exited' || output === null || errors === null) {
    return null
  }
  if (probe.exit.exitCode === 0 && probe.reads !== 'gitlab' && probe.reads !== 'eslint') {
    return []
  }
  const found = readers[probe.reads](probe, output, errors)
  // A tool that ends badly and has nothing to say did not do its work.
  return found?.length === 0 && probe.exit.exitCode !== 0 ? null : found
}

type Reader = (probe: Probe, output: string, errors: string) => readonly ProbeItem[] | null

const line = z.number().int().min(1)

/** GitLab's code quality report, https://docs.gitlab.com/ci/testing/code_quality/: both spellings of a place. */
const gitlab = z.array(
  z.object({
    description: z.string(),
    check_name: z.string().optional(),
    location: z.object({
      path: z.string(),
      lines: z.object({ begin: line }).optional(),
      positions: z.object({ begin: z.object({ line }) }).optional(),
    }),
  }),
)

/** The `json` formatter of ESLint: paths are absolute. */
const eslint = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(z.object({ ruleId: z.string().nullable(), message: z.string(), line: line.optional(), severity: z.number() })),
  }),
)

const readers: Readonly<Record<Probe['reads'], Reader>> = {
  gitlab: (probe, output) =>
    parsed(gitlab, output)?.map(({ description, check_name: tool = '', location }) => {
      const at = location.positions?.begin.line ?? location.lines?.begin ?? 1
      return item(pathAmong(probe, location.path), at, tool, description)
    }) ?? null,
  eslint: (probe, output) =>
    parsed(eslint, output)?.flatMap(({ filePath, messages }) =>
      messages
        .filter(({ severity }) => severity === 2)
        .map(({ ruleId, message, line: at }) => item(pathAmong(probe, filePath), at ?? 1, ruleId ?? '', message)),
    ) ?? null,
  paths: ({ files, folder }, output, errors) => {
    const words = new Set(`${output}\n${errors}`.split(/[\s"'`(),]+/).map((word) => fromRoot(word.replace(/(?::\d+)*:?$/, ''), folder)))
    return files.filter((path) => words.has(path)).map((path) => item(path, 1, 'format', path))
  },
  text: ({ finds }, output, errors) => {
    const all = `${output}\n${errors}`
    const at = finds === undefined ? -1 : all.indexOf(finds)
    return at === -1 ? null : [item('', 1, '', all.slice(at).trim())]
  },
}

function parsed<S extends z.ZodType>(schema: S, text: string): z.infer<S> | null {
  try {
    return schema.safeParse(JSON.parse(text.trim() === '' ? '[]' : text)).data ?? null
  } catch {
    return null
  }
}

/** Numbers say where and how much, and differ when a place is edited. What a tool says of one thing is never an edit of what it said of another: hence the scope. */
function item(path: string, at: number, tool: string, sentence: string): ProbeItem {
  const text = `${tool} ${sentence}`
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\b\d+\b/g, '#')
    .trim()
  return { path, line: at, tool, scope: text, text }
}

/** A tool may name a file by its whole path. */
function pathAmong({ files, folder }: Probe, told: string): string {
  const plain = fromRoot(told, folder)
  return files.find((path) => plain === path || plain.endsWith(`/${path}`)) ?? plain
}

/** A path as a tool tells it that ran in `folder`, relative to the root of the repository; whole paths stay as they are. */
function fromRoot(told: string, folder = ''): string {
  if (told.startsWith('/')) {
    return told
  }
  const steps: string[] = []
  for (const step of `${folder}/${told}`.split('/')) {
    if (step === '..') {
      steps.pop()
    } else if (step !== '' && step !== '.') {
      steps.push(step)
    }
  }
  return steps.join('/')
}
