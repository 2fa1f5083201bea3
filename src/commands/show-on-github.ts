import { appendFile, stat } from 'node:fs/promises'
import { renderAnnotations } from '../report/github.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { Summary } from '../report/summary.ts'
import type { TerminalIo } from './terminal-io.ts'

/** GitHub drops a summary of a step that has more than 1 MiB, whole; what other commands of the step wrote counts. */
const STEP_BYTES = 1_000_000
const MOST_BYTES = 900_000

/** Adds the report to the job's summary, where there is one (else prints it), and prints its annotations. */
export async function showOnGithub(summary: Summary, io: TerminalIo): Promise<void> {
  const file = io.env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === '') {
    io.out.write(renderMarkdown(summary, MOST_BYTES))
  } else {
    const written = await stat(file).then(
      ({ size }) => size,
      () => 0,
    )
    await appendFile(file, renderMarkdown(summary, Math.max(1000, Math.min(MOST_BYTES, STEP_BYTES - written))))
  }
  io.out.write(renderAnnotations(summary))
}
