import { relative, resolve } from 'node:path'
import { resolveModel } from '../gateway/models.ts'
import { rulesDigest } from '../grading/rules.ts'
import { printable } from '../report/escape.ts'
import { dollars } from '../report/figures.ts'
import { alignedCells, GAP, markdownTable } from '../report/table.ts'
import { listRuns } from '../results/find-runs.ts'
import { isStale } from '../task/stale.ts'
import { referenceCost } from './foretell-cost.ts'
import { readProject } from './project.ts'
import { type ExitCode, refuse, type TerminalIo } from './terminal-io.ts'

/** Prints tasks, fixtures and runs. */
export async function list(
  options: { readonly out: string; readonly json: boolean; readonly markdown: boolean },
  io: TerminalIo,
): Promise<ExitCode> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return refuse(io, read.message)
  }
  const { tasks, fixtures } = read.project
  const runs = await listRuns(resolve(io.root, options.out))
  const rows = tasks.map((task) => ({
    task: task.id,
    kind: task.kind,
    title: task.title,
    suites: task.suites,
    stack: fixtures.find(({ name }) => name === task.fixture)?.stack ?? '',
    difficulty: task.difficulty,
    exercises: task.exercises,
    twin: task.twin,
    proven: isStale(task, fixtures, rulesDigest) === null,
    mistake: task.mistake,
    floorUsd: referenceCost(task, resolveModel(null)),
  }))
  if (options.json) {
    const data = { tasks: rows, fixtures: fixtures.map(({ name, stack, digest }) => ({ name, stack, digest })), runs }
    io.out.write(`${JSON.stringify(data, null, 2)}\n`)
    return 0
  }
  if (options.markdown) {
    io.out.write(tableOfTasks(rows))
    return 0
  }
  const cells = [
    ['TASK', 'KIND', 'PROVEN', 'TITLE'],
    ...rows.map((row) => [row.task, row.kind, row.proven ? 'fair' : 'run check', printable(row.title)]),
  ]
  io.out.write(`${columns(cells)}\n`)
  io.out.write(`${columns([['FIXTURE', 'STACK'], ...fixtures.map(({ name, stack }) => [name, stack])])}\n`)
  const shown = runs.map((run) => [run.run, run.createdAt.slice(0, 16).replace('T', ' '), relative(io.root, run.folder)])
  io.out.write(shown.length === 0 ? 'No runs yet: npm run eval\n' : columns([['RUN', 'BEGUN (UTC)', 'FOLDER'], ...shown]))
  return 0
}

interface TaskRow {
  readonly task: string
  readonly kind: string
  readonly stack: string
  readonly difficulty: string
  readonly exercises: readonly string[]
  readonly suites: readonly string[]
  readonly mistake: string
  readonly floorUsd: number | null
}

/** The table of the README. */
function tableOfTasks(rows: readonly TaskRow[]): string {
  const headings = ['task', 'stack', 'kind', 'difficulty', 'exercises', 'costs at least', 'the mistake that it catches']
  const cells = rows.map(({ task, stack, kind, difficulty, exercises, suites, mistake, floorUsd }) => {
    return [`\`${task}\`${suites.includes('smoke') ? ' *' : ''}`, stack, kind, difficulty, exercises.join(' '), dollars(floorUsd), mistake]
  })
  return markdownTable(headings, cells)
}

function columns([headings = [], ...rows]: readonly (readonly string[])[]): string {
  const aligned = alignedCells(
    headings.map((heading) => ({ heading, align: 'left' })),
    rows,
    Number.MAX_SAFE_INTEGER,
  )
  return aligned.map((row) => `${row.join(GAP).trimEnd()}\n`).join('')
}
