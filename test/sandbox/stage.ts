import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dir } from 'tmp-promise'
import { openKeeper } from '../../src/sandbox/keeper.ts'
import type { LimitMechanism } from '../../src/sandbox/limits.ts'
import type { Command, CommandResult, Limits, Mount } from '../../src/sandbox/sandbox.ts'
import { startCommand, type View } from '../../src/sandbox/start-command.ts'

export type Kind = View['kind']

/** A workspace of one file on one rung, in a scratch folder that removes itself. */
export interface Stage extends AsyncDisposable {
  readonly view: View
  readonly scratch: string
  /** Where what a command writes to its workspace can be found on the host. */
  readonly written: string
}

const LIMITS: Limits = {
  processes: 200,
  memoryBytes: 512 * 2 ** 20,
  fileBytes: 64 * 2 ** 20,
  diskBytes: 96 * 2 ** 20,
  outputBytes: 2 ** 20,
  wallMs: 30_000,
}

const NODE_FOLDER = dirname(realpathSync(process.execPath))
const NODE: Mount = { source: NODE_FOLDER, target: NODE_FOLDER, writable: false }
const PATH = `${NODE_FOLDER}:/usr/local/bin:/usr/bin:/bin`

export const openStage = async (kind: Kind, below?: string): Promise<Stage> => {
  const scratch = await dir({ ...(below === undefined ? {} : { tmpdir: below }), prefix: 'assay-test-', unsafeCleanup: true })
  const folder = (name: string): string => join(scratch.path, name)
  await Promise.all(['lower', 'upper', 'work', 'view', 'other-trial'].map((name) => mkdir(folder(name))))
  await writeFile(join(folder('lower'), 'given'), 'given\n')
  await writeFile(join(folder('other-trial'), 'secret'), 'assay-secret\n')
  const plain = { scratch: scratch.path, written: folder('lower') }
  if (kind !== 'kept') {
    const view: View = kind === 'bare' ? { kind, path: folder('lower') } : { kind, path: folder('lower'), boxed: true }
    return { ...plain, view, [Symbol.asyncDispose]: scratch.cleanup }
  }
  const opened = await openKeeper({ lower: folder('lower'), upper: folder('upper'), work: folder('work'), view: folder('view') })
  if (opened.kind === 'failed') {
    throw new Error(`${opened.call}: ${opened.reason}`)
  }
  const { keeper } = opened
  return {
    ...plain,
    view: { kind, keeper },
    written: folder('upper'),
    [Symbol.asyncDispose]: async () => {
      await keeper[Symbol.asyncDispose]()
      await writeFile(folder('work/.done'), '').catch(() => undefined)
      await startCommand({ kind: 'bare', path: scratch.path }, [], {}, command(['chmod', '700', 'work/work'])).result
      await scratch.cleanup()
    },
  }
}

export const command = (
  argv: Command['argv'],
  change: Partial<Omit<Command, 'argv' | 'limits'>> & { limits?: Partial<Limits> } = {},
): Command => ({
  cwd: '.',
  env: {},
  mounts: [],
  network: false,
  ...change,
  argv,
  limits: { ...LIMITS, ...change.limits },
})

/** Runs a command to its end with an empty standard input. */
export const play = (
  stage: Stage,
  what: Command,
  mechanism?: LimitMechanism,
  toolchains: readonly Mount[] = [NODE],
): Promise<CommandResult> => {
  const child = startCommand(stage.view, toolchains, { PATH }, what, undefined, mechanism)
  child.stdin.end()
  return child.result
}

/** Living processes whose command line or environment holds `mark`, this one left out. */
export const leftBehind = (mark: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) =>
      ['cmdline', 'environ'].some((file) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, 'latin1').includes(mark)
        } catch {
          return false
        }
      }),
    )
    .map(Number)
