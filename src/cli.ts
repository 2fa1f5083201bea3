import { buildProgram, isUsageError } from './commands/program.ts'
import type { ExitCode } from './commands/terminal-io.ts'

const interrupt = new AbortController()
let interrupts = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupts += 1
    if (interrupts > 1) {
      process.exit(signal === 'SIGTERM' ? 143 : 130)
    }
    process.stderr.write('\nStopping: what has ended is stored. Once more to stop at once.\n')
    interrupt.abort(signal)
  })
}

// `assay list | head` closes the pipe early: that is no bug of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error
  }
  process.exit()
})

const io = { out: process.stdout, err: process.stderr, env: process.env, root: process.cwd(), interrupt: interrupt.signal }
let code: ExitCode = 0
const program = buildProgram(io, (ended) => {
  code = ended
})
try {
  await program.parseAsync(process.argv)
} catch (error) {
  if (isUsageError(error)) {
    code = error.exitCode === 0 ? 0 : 2
  } else {
    console.error(error)
    console.error('This is a bug in Assay. Nothing of what is stored in results/ was lost.')
    code = 70
  }
}
process.exitCode = code
