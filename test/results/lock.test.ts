import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'
import { describe, expect, onTestFinished, test } from 'vitest'
import { takeLock } from '../../src/results/lock.ts'

async function scratch(): Promise<string> {
  const folder = await dir({ unsafeCleanup: true })
  onTestFinished(() => folder.cleanup())
  return folder.path
}

/** A child that takes the lock, says what it got and waits to be killed. */
function taker(folder: string) {
  const program = `
    const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/results/lock.ts'))})
    const lock = await takeLock(${JSON.stringify(folder)})
    process.stdout.write(lock.kind + '\\n')
    setInterval(() => {}, 1000)`
  return execa(process.execPath, ['--input-type=module', '-e', program], { extendEnv: false, reject: false })
}

const firstLine = (child: ReturnType<typeof taker>) =>
  new Promise<string>((go) => child.stdout.once('data', (data) => go(String(data).trim())))

test('a lock is held until it is released, and leaves nothing', async () => {
  const folder = await scratch()
  const first = await takeLock(folder)
  expect(await takeLock(folder)).toEqual({ kind: 'held', pid: process.pid, host: hostname(), file: join(folder, 'lock.1') })
  if (first.kind === 'taken') {
    await first.release()
  }
  expect(await readdir(folder)).toEqual([])
  expect(await takeLock(folder)).toMatchObject({ kind: 'taken' })
})

test('of many that find a dead holder, one succeeds it', async () => {
  const folder = await scratch()
  for (const round of [1, 2, 3]) {
    const dead = taker(folder)
    expect(await firstLine(dead)).toBe('taken')
    dead.kill('SIGKILL')
    await dead
    const answers = await Promise.all(Array.from({ length: 30 }, () => takeLock(folder)))
    const taken = answers.filter((answer) => answer.kind === 'taken')
    expect({ round, taken: taken.length }).toEqual({ round, taken: 1 })
    await taken[0]?.release()
  }
  expect(await readdir(folder)).toEqual([])
})

describe('whose lock it is', () => {
  const boot = 'no-such-boot'
  test.each([
    ['a process number that was given to another process since', { start: '1' }, 'taken'],
    ['a process from before the last reboot', { boot }, 'taken'],
    ['this very process', {}, 'held'],
    ['an empty file, as a power cut leaves it', null, 'taken'],
    ['a process on another host, which cannot be asked', { host: 'elsewhere', boot }, 'held'],
  ])('%s', async (_, change, kind) => {
    const folder = await scratch()
    await takeLock(folder)
    const own: object = JSON.parse(await readFile(join(folder, 'lock.1'), 'utf8'))
    await rename(join(folder, 'lock.1'), join(folder, 'lock.4'))
    await writeFile(join(folder, 'lock.4'), change === null ? '' : JSON.stringify({ ...own, ...change }))
    expect((await takeLock(folder)).kind).toBe(kind)
    expect(await readdir(folder)).toEqual([kind === 'taken' ? 'lock.5' : 'lock.4'])
  })
})
