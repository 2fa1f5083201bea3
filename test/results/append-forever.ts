import { lockRun } from '../../src/results/store.ts'
import { graded } from './sample-run.ts'

// Adds trials until it is killed or the disk refuses, and says each one that it was told is safe.
const [folder = '', filler = '0'] = process.argv.slice(2)
const locked = await lockRun(folder)
if (locked.kind !== 'locked') {
  process.stdout.write(`${JSON.stringify(locked)}\n`)
  process.exit(3)
}
const { writer } = locked
for (let k = writer.trials.length + 1; ; k += 1) {
  const trial = graded(writer.run, 'docket/a', k, {
    findings: [{ code: 'FILLER', rule: 'test/filler', severity: 'warn', args: { text: 'x'.repeat(Number(filler)) } }],
  })
  const answer = await writer.append(trial)
  process.stdout.write(`${JSON.stringify({ k, ...answer })}\n`)
  if (answer.kind === 'failed') {
    break
  }
}
await writer[Symbol.asyncDispose]()
