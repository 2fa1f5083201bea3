import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { constants } from 'node:os'
import { pipeline } from 'node:stream'

/**
 * Runs inside the sandbox as `relay.ts SOCKET COMMAND…`: listens on a loopback port, passes every connection on to the unix socket, runs the
 * command with `ANTHROPIC_BASE_URL` pointing at that port, and ends as the command ended.
 */
async function relay(socket: string, program: string, args: readonly string[]): Promise<void> {
  process.title = 'assay-relay'
  const server = createServer((client) => {
    const gateway = connect(socket)
    // A client that goes away in the middle of an answer is no reason to end.
    pipeline(client, gateway, () => gateway.destroy())
    pipeline(gateway, client, () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(127)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
}

const [socket, program, ...args] = process.argv.slice(2)
if (socket === undefined || program === undefined) {
  throw new Error('usage: relay.ts SOCKET COMMAND…')
}
await relay(socket, program, args)
