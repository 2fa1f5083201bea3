import { join } from 'node:path'
import pLimit from 'p-limit'
import picomatch from 'picomatch'
import type { CheckPlan } from './check-task.ts'
import { sha256 } from './evidence/digest.ts'
import { grade } from './grading/grade.ts'
import { rules } from './grading/rules.ts'
import { type Mutant, mutantsOf, newLines } from './mutation/mutants.ts'
import { loadSyntax } from './syntax/load-grammars.ts'
import type { Syntax } from './syntax/syntax.ts'
import type { Receipt } from './task/task.ts'
import { collectFiles } from './tree-evidence.ts'
import { applyPatchToTree } from './workspace/apply-patch.ts'
import { baseContent } from './workspace/base-blobs.ts'
import { openScratch } from './workspace/scratch.ts'
import type { InstalledFile } from './workspace/workspace.ts'

export type MutateEnd =
  | {
      readonly kind: 'mutated'
      /** Every fault that could be planted, and how many of them were. */
      readonly possible: number
      readonly planted: number
      /** Names of planted mutants that pass as the solution does. */
      readonly survivors: readonly string[]
    }
  | { readonly kind: 'failed'; readonly problems: readonly string[] }
  | { readonly kind: 'interrupted' }

/**
 * Plants small faults, one at a time, in the code that a task's solution adds, and judges each as a trial is judged: which does no test see?
 * `most` bounds them; the same ones are drawn each time, by the hash of their names.
 */
export async function mutateTask(
  plan: Omit<CheckPlan, 'times'> & { readonly receipt: Receipt; readonly most: number },
): Promise<MutateEnd> {
  const applied = await applyPatchToTree(plan.prepared.root, plan.task.solution)
  if (applied.kind === 'rejected') {
    return { kind: 'failed', problems: [`the solution does not apply: ${applied.message}`] }
  }
  const syntax = await loadSyntax()
  const all = await allMutants(plan, applied.files, syntax)
  const chosen = all.toSorted((a, b) => (sha256(a.name) < sha256(b.name) ? -1 : 1)).slice(0, plan.most)
  const limit = pLimit(plan.concurrency)
  await using scratch = await openScratch(plan.cache, 'mutate')
  let done = 0
  const judged = await Promise.all(
    chosen.map((mutant, at) =>
      limit(async () => {
        if (plan.signal.aborted) {
          return null
        }
        const files = new Map(applied.files)
        const before = files.get(mutant.path)
        files.set(mutant.path, { content: Buffer.from(mutant.text), executable: isExecutable(before) })
        const collected = await collectFiles({ ...plan, scratch: join(scratch.path, `${at}`), seed: '0', probes: [] }, files)
        done += 1
        plan.onJudged(mutant.name, done, chosen.length)
        return typeof collected === 'string'
          ? { mutant, problem: collected }
          : { mutant, passed: grade(collected.view(plan.receipt, null), rules, syntax).passed }
      }),
    ),
  )
  if (plan.signal.aborted) {
    return { kind: 'interrupted' }
  }
  const results = judged.filter((one) => one !== null)
  const problems = results.flatMap((one) => ('problem' in one ? [`${one.mutant.name}: ${one.problem}`] : []))
  if (problems.length > 0) {
    return { kind: 'failed', problems }
  }
  const survivors = results.flatMap((one) => ('passed' in one && one.passed ? [one.mutant.name] : []))
  return { kind: 'mutated', possible: all.length, planted: chosen.length, survivors: survivors.toSorted() }
}

/** Of the files that the solution leaves, but for tests: theirs are ignored in a clean room, so a fault in them changes nothing. */
async function allMutants(
  { prepared, stack }: Pick<CheckPlan, 'prepared' | 'stack'>,
  files: ReadonlyMap<string, InstalledFile | null>,
  syntax: Syntax,
): Promise<readonly Mutant[]> {
  const isTest = picomatch([...stack.testGlobs], { dot: true })
  const found: Mutant[] = []
  for (const [path, file] of files) {
    const text = file !== null && 'content' in file && !isTest(path) ? Buffer.from(file.content).toString('utf8') : null
    const tree = text === null ? null : syntax.parse(path, text)
    if (text !== null && tree !== null && !tree.broken) {
      const before = Buffer.from((await baseContent(prepared, path)) ?? '').toString('utf8')
      found.push(...mutantsOf(path, tree, newLines(before, text)))
    }
  }
  return found
}

const isExecutable = (file: InstalledFile | null | undefined): boolean => file != null && 'executable' in file && file.executable
