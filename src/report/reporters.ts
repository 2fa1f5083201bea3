import { renderCtrf } from './ctrf.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import type { Paint } from './paint.ts'
import type { Summary } from './summary.ts'
import { renderTerminal } from './terminal.ts'

/** One way to show a run. Pure: it returns text that ends in a line break, with every text of an agent made safe for where it is to be read. */
export interface Reporter {
  readonly name: string
  /** One line for `--help`. */
  readonly shows: string
  render(summary: Summary, paint: Paint): string
}

export const reporters = [
  { name: 'terminal', shows: 'the report for a person at a terminal', render: renderTerminal },
  { name: 'markdown', shows: 'GitHub-flavoured Markdown, worst tasks first', render: (summary) => renderMarkdown(summary) },
  { name: 'junit', shows: 'JUnit XML, one case a task', render: renderJunit },
  { name: 'ctrf', shows: 'the Common Test Report Format, one test a task', render: renderCtrf },
  { name: 'json', shows: 'all that a report shows, as data', render: renderJson },
] as const satisfies readonly Reporter[]
