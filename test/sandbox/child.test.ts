import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { type ChildPlan, startChild } from '../../src/sandbox/child.ts'
import { hostTree } from '../../src/sandbox/host-tree.ts'
import { leftBehind } from './stage.ts'

const sh = (script: string, change: Partial<ChildPlan> = {}): ChildPlan => ({
  argv: ['/bin/sh', '-c', script],
  cwd: '/',
  env: { PATH: '/usr/bin:/bin' },
  outputBytes: 100_000,
  wallMs: 10_000,
  ...change,
})

const play = (plan: ChildPlan) => {
  const child = startChild(plan, hostTree())
  child.stdin.end()
  return child.result
}

describe('how a child ends', () => {
  test.each([
    ['echo out; echo err >&2', { ended: 'exited', exitCode: 0, stdout: 'out\n', stderr: 'err\n' }],
    ['exit 3', { ended: 'exited', exitCode: 3 }],
    ['exit 129', { ended: 'exited', exitCode: 129 }],
    ['kill -SEGV $$', { ended: 'signalled', signal: 'SIGSEGV' }],
    ['sh -c "kill -KILL \\$\\$"; exit $?', { ended: 'signalled', signal: 'SIGKILL' }],
    ['kill -XFSZ $$', { ended: 'limit', limit: 'fileBytes' }],
    ['no-such-program', { ended: 'exited', exitCode: 127 }],
    ['cat; echo read', { ended: 'exited', exitCode: 0, stdout: 'read\n' }],
  ])('%s', async (script, expected) => {
    expect(await play(sh(script))).toMatchObject(expected)
  })

  test('a program that is not there', async () => {
    expect(await play(sh('', { argv: ['/no/such/program'] }))).toMatchObject({
      ended: 'not-started',
      reason: expect.stringContaining('ENOENT'),
    })
  })

  test('a folder that is not there', async () => {
    expect(await play(sh('true', { cwd: '/no/such/folder' }))).toMatchObject({ ended: 'not-started' })
  })
})

describe('what a child may take', () => {
  test('output up to the cap is kept and what comes later ends it', async () => {
    const result = await play(sh('yes', { outputBytes: 1000 }))
    expect(result).toMatchObject({ ended: 'limit', limit: 'outputBytes' })
    expect(result.stdout).toBe('y\n'.repeat(500))
  })

  test('exactly the cap is not over it', async () => {
    expect(await play(sh('printf 12345', { outputBytes: 5 }))).toMatchObject({ ended: 'exited', stdout: '12345' })
  })

  test('the wall clock does not wait for SIGTERM handlers', async () => {
    const result = await play(sh('trap "" TERM; sleep 62.01; sleep 62.01', { wallMs: 200 }))
    expect(result).toMatchObject({ ended: 'limit', limit: 'wallMs' })
    expect(result.ms).toBeLessThan(2000)
    expect(leftBehind('62.01')).toEqual([])
  })

  test('only the environment that it was given', async () => {
    const result = await play(sh('', { argv: ['/usr/bin/env'], env: { ONLY: 'this' } }))
    expect(result.stdout).toBe('ONLY=this\n')
  })
})

describe('a child and its caller', () => {
  test('a grandchild that keeps the pipe does not hold the result up', async () => {
    const began = performance.now()
    expect(await play(sh('sleep 62.02 & echo done'))).toMatchObject({ ended: 'exited', stdout: 'done\n' })
    expect(performance.now() - began).toBeLessThan(3000)
    expect(leftBehind('62.02')).toEqual([])
  })

  test('what the caller reads is not collected again', async () => {
    const child = startChild(sh('cat; echo end >&2'), hostTree())
    const read = text(child.stdout)
    child.stdin.end('over the pipe')
    expect(await child.result).toMatchObject({ stdout: '', stderr: 'end\n' })
    expect(await read).toBe('over the pipe')
  })

  test('a caller that stops in time', async () => {
    const stop = new AbortController()
    const child = startChild(sh('sleep 62.03', { signal: stop.signal }), hostTree())
    stop.abort()
    expect(await child.result).toMatchObject({ ended: 'aborted' })
    expect(leftBehind('62.03')).toEqual([])
  })

  test('a caller that had stopped before', async () => {
    expect(await play(sh('sleep 62.04', { signal: AbortSignal.abort() }))).toMatchObject({ ended: 'aborted' })
  })

  test('kill', async () => {
    const child = startChild(sh('sleep 62.05'), hostTree())
    child.kill()
    expect(await child.result).toMatchObject({ ended: 'aborted' })
  })

  test('input that nobody reads', async () => {
    const child = startChild(sh('exit 4'), hostTree())
    child.stdin.end('x'.repeat(1_000_000))
    expect(await child.result).toMatchObject({ ended: 'exited', exitCode: 4 })
  })
})
