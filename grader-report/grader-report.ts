import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadSyntax } from '../src/syntax/load-grammars.ts'
import { readCorpus } from './corpus.ts'
import { gradingSpeed } from './grading-speed.ts'
import { measure } from './measure.ts'
import { inReadme } from './readme-block.ts'
import { accuracyTable } from './table.ts'

// Prints how often the rules are wrong, as Markdown; with --write also puts it into README.md.
const assay = join(import.meta.dirname, '..')
const syntax = await loadSyntax()
const table = accuracyTable(measure(await readCorpus(assay), syntax))
const { files, ms } = gradingSpeed(syntax)
console.log(table)
console.log(`\nGrading a trial of ${files} changed files by all rules: ${ms.toFixed(0)} ms of processor time.`)
if (process.argv.includes('--write')) {
  const readme = join(assay, 'README.md')
  await writeFile(readme, inReadme(await readFile(readme, 'utf8'), table))
}
