import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TranscriptLine } from '../evidence/transcript.ts'
import type { PreparedFixture } from '../fixture/prepared-fixture.ts'
import { apiUpstream } from '../gateway/api-upstream.ts'
import { referenceScript } from '../gateway/reference-script.ts'
import { referenceUpstream } from '../gateway/reference-upstream.ts'
import { replayUpstream } from '../gateway/replay-upstream.ts'
import type { Upstream } from '../gateway/upstream.ts'
import { attemptFolder } from '../results/phases.ts'
import { countingTrials } from '../results/plan.ts'
import { openRun } from '../results/store.ts'
import type { Task } from '../task/task.ts'
import { applyPatchToTree } from '../workspace/apply-patch.ts'
import { baseContent } from '../workspace/base-blobs.ts'

/** The upstream that plays a task's own solution. Throws where the solution does not apply: `check` keeps such a task out. */
export async function openReference(task: Task, prepared: PreparedFixture): Promise<Upstream> {
  const applied = await applyPatchToTree(prepared.root, task.solution)
  if (applied.kind === 'rejected') {
    throw new Error(`solution.patch of ${task.id} does not apply: ${applied.message}`)
  }
  const before = new Map<string, Uint8Array>()
  for (const path of applied.files.keys()) {
    const content = await baseContent(prepared, path)
    if (content !== null) {
      before.set(path, content)
    }
  }
  const { kind, ask, decline } = task
  const { layers, commands } = prepared.fixture
  const change = { files: applied.files, base: prepared.base, before }
  return referenceUpstream(referenceScript({ kind, ask, decline, layers, testCommand: commands.test ?? '', change }))
}

/** The live model, with the key that only the gateway sees. */
export function openApi(env: Readonly<Record<string, string | undefined>>): Upstream {
  return apiUpstream({ baseUrl: env.ANTHROPIC_BASE_URL || 'https://api.anthropic.com', apiKey: env.ANTHROPIC_API_KEY ?? '' })
}

/** Trials of a recorded run, ready to answer again: task and k to upstream, or a sentence where the recording has no such trial. */
export async function openRecording(
  folder: string,
  strict: boolean,
): Promise<
  | { readonly kind: 'open'; readonly of: (task: string, k: number) => Promise<Upstream | string> }
  | { readonly kind: 'bad'; readonly message: string }
> {
  const opened = await openRun(folder)
  if (opened.kind === 'bad') {
    return { kind: 'bad', message: opened.problems.join('\n') }
  }
  const trials = countingTrials(opened.trials)
  return {
    kind: 'open',
    of: async (task, k) => {
      const trial = trials.find((one) => one.task === task && one.k === k) ?? trials.find((one) => one.task === task)
      if (trial === undefined) {
        return `run ${opened.run.run} has no trial of ${task} to replay`
      }
      const text = await readFile(join(attemptFolder(folder, trial), 'transcript.jsonl'), 'utf8').catch(() => null)
      if (text === null) {
        return `the transcript of ${task} #${trial.k} in run ${opened.run.run} is gone`
      }
      const lines = text.split('\n').filter((line) => line !== '')
      return replayUpstream(
        lines.map((line) => JSON.parse(line) as TranscriptLine),
        { strict },
      )
    },
  }
}
