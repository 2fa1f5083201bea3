import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { dir } from 'tmp-promise'
import type { SuiteRun } from '../evidence/suite.ts'
import type { CommandResult, Limits } from '../sandbox/sandbox.ts'
import type { Stack } from '../stack/stack.ts'
import { letters } from './guard-files.ts'
import type { BlobStore, InstalledFile, Workspace } from './workspace.ts'

/** What one run of a suite may use up. */
export const suiteLimits: Limits = {
  processes: 256,
  memoryBytes: 2 * 1024 ** 3,
  fileBytes: 64 * 1024 ** 2,
  diskBytes: 512 * 1024 ** 2,
  outputBytes: 8 * 1024 ** 2,
  wallMs: 300_000,
}

const REPORT_LIMIT = 16 * 1024 ** 2
const OUTPUT_LIMIT = 200_000
const REPORT_FOLDER = '/report'

/** One run of a suite in a workspace that nothing else has used. */
export interface SuitePlan {
  /** As in `SuiteRun.name`. */
  readonly name: string
  readonly stack: Stack
  /** The fixture's documented test command, and the folder that canaries are put into. */
  readonly command: string
  readonly testFolder: string
  readonly files: ReadonlyMap<string, InstalledFile | null>
  /** Ids of the guards that `files` holds. */
  readonly guards: readonly string[]
  /** Files or arguments to run; empty for the whole suite. The canaries are added. */
  readonly select: readonly string[]
  readonly ordered: boolean
  readonly limits: Limits
  readonly blobs: BlobStore
  /** A folder on the host for the report's folder. */
  readonly scratch: string
}

/**
 * Lays `files` and two canaries over the workspace, runs the documented test command and keeps report and output as blobs. The report is asked
 * for under a name that cannot be guessed, in a folder of its own. Every way to end is a value; a rejection is our bug or a full disk.
 */
export async function runSuite(workspace: Workspace, plan: SuitePlan, signal?: AbortSignal): Promise<SuiteRun> {
  const canaries = plan.stack.canaries(letters(16), plan.testFolder)
  await workspace.install(new Map([...plan.files, [canaries.path, { content: Buffer.from(canaries.content), executable: false }]]))
  const folder = await dir({ tmpdir: plan.scratch, prefix: 'report-', unsafeCleanup: true })
  try {
    const file = `${letters(24)}.xml`
    // Without a sandbox there is no mount: the report is asked for where it lies on the host.
    const bare = workspace.rung === 'none'
    const { argv, env } = plan.stack.suiteCommand(plan.command, {
      select: plan.select.length === 0 ? [] : [...plan.select, ...canaries.select],
      ordered: plan.ordered,
      reportPath: join(bare ? folder.path : REPORT_FOLDER, file),
    })
    const mounts = bare ? [] : [{ source: folder.path, target: REPORT_FOLDER, writable: true }]
    const result = await workspace.run({ argv, cwd: '.', env, mounts, limits: plan.limits, network: false }, signal)
    const report = await readBounded(join(folder.path, file), REPORT_LIMIT)
    return {
      name: plan.name,
      command: plan.command,
      exit: exitOf(result),
      ms: result.ms,
      report: report === null ? null : await plan.blobs.put(report),
      output: await plan.blobs.put(Buffer.from(shortened(`${result.stdout}${result.stderr}`))),
      canaries: { mustFail: canaries.mustFail, mustError: canaries.mustError, guards: plan.guards },
    }
  } finally {
    await folder.cleanup()
  }
}

/** How a command ended, as evidence. */
export function exitOf(result: CommandResult): SuiteRun['exit'] {
  switch (result.ended) {
    case 'exited':
      return { ended: 'exited', exitCode: result.exitCode }
    case 'signalled':
      return { ended: 'signalled', reason: result.signal }
    case 'limit':
      return { ended: 'limit', reason: result.limit }
    case 'aborted':
      return { ended: 'aborted', reason: 'interrupted' }
    case 'not-started':
      return { ended: 'not-started', reason: result.reason }
  }
}

/** The bytes of a regular file below `limit`. The suite could have put anything there: no link is followed, no fifo waited for. */
async function readBounded(path: string, limit: number): Promise<Uint8Array | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (handle === null) {
    return null
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile() || stat.size > limit) {
      return null
    }
    const content = Buffer.alloc(Math.min(stat.size, limit))
    const { bytesRead } = await handle.read(content, 0, content.length, 0)
    return content.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Beginning and end of a long output: the reason stands in one of them. */
function shortened(output: string): string {
  if (output.length <= OUTPUT_LIMIT) {
    return output
  }
  const half = OUTPUT_LIMIT / 2
  return `${output.slice(0, half)}\n[${output.length - OUTPUT_LIMIT} characters are left out]\n${output.slice(-half)}`
}
