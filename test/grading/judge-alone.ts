import { evidenceView } from '../../src/evidence/view.ts'
import { grade } from '../../src/grading/grade.ts'
import { rules } from '../../src/grading/rules.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'

// A program of its own: judges the evidence on its standard input (four bytes of length, evidence.json, objects.pack) without clock or chance.
const syntax = await loadSyntax()

const refuse = (what: string) => () => {
  throw new Error(`A grader asked for ${what}.`)
}
Date.now = refuse('the time')
performance.now = refuse('the time')
Math.random = refuse('chance')
globalThis.Date = new Proxy(Date, { construct: refuse('the time') as never })

const chunks: Buffer[] = []
process.stdin.on('data', (chunk) => chunks.push(chunk))
process.stdin.on('end', () => {
  const bytes = Buffer.concat(chunks)
  const length = bytes.readUInt32BE(0)
  process.stdout.write(JSON.stringify(grade(evidenceView(bytes.subarray(4, 4 + length), bytes.subarray(4 + length)), rules, syntax)))
})
