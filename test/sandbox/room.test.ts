import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { dir } from 'tmp-promise'
import { describe, expect, test } from 'vitest'
import type { Mount } from '../../src/sandbox/sandbox.ts'
import { command, openStage, play } from './stage.ts'

const HARNESS = resolve(import.meta.dirname, '..', '..')

const shown = (source: string, target = source, writable = false): Mount => ({ source, target, writable })

describe.each(['kept', 'folder'] as const)('what a command finds on %s', (kind) => {
  const run = async (script: string, change: Parameters<typeof command>[1] = {}) => {
    await using stage = await openStage(kind)
    const result = await play(stage, command(['/bin/sh', '-c', script], change))
    return result.ended === 'exited' && result.exitCode === 0 ? result.stdout : JSON.stringify(result)
  }

  test('itself', async () => {
    await using stage = await openStage(kind)
    const script = 'id -un; id -u; pwd; hostname; echo $HOME; date +%Z; ls -A /tmp "$HOME"; ls -A / | grep -v "^lib"'
    expect((await play(stage, command(['/bin/sh', '-c', script]), undefined, [])).stdout).toMatchInlineSnapshot(`
      "agent
      1000
      /workspace
      assay
      /home/agent
      UTC
      /home/agent:

      /tmp:
      bin
      dev
      etc
      home
      proc
      sbin
      tmp
      usr
      workspace
      "
    `)
  })

  test('an environment that nothing of the host has got into', async () => {
    const names = await run('env | cut -d= -f1 | sort', { env: { ADDED: 'yes' } })
    expect(names.trim().split('\n')).toEqual(['ADDED', 'HOME', 'LANG', 'PATH', 'PWD'])
  })

  test('a writable /workspace, /tmp, home, /dev/shm and /dev/null', async () => {
    expect(
      await run('for folder in /workspace /tmp ~ /dev/shm; do echo x > $folder/made && cat $folder/made; done; echo x > /dev/null'),
    ).toBe('x\nx\nx\nx\n')
  })

  test('memory file systems with an end', async () => {
    expect(
      await run('dd if=/dev/zero of=/dev/shm/big bs=1M count=400 2>&1 | grep -o "No space left" ; true', {
        limits: { fileBytes: 2 ** 30 },
      }),
    ).toBe('No space left\n')
  })

  test('a loopback of its own', async () => {
    const script = `const n = require('net'); const s = n.createServer((c) => c.end('hi')).listen(0, '127.0.0.1', () => n.connect(s.address().port, '127.0.0.1').on('data', (d) => { console.log(String(d)); process.exit() }))`
    expect(await run(`node -e "${script}"`)).toBe('hi\n')
  })

  test('a folder below the workspace to start in', async () => {
    await using stage = await openStage(kind)
    await play(stage, command(['mkdir', '-p', 'a/b']))
    expect(await play(stage, command(['pwd'], { cwd: 'a/b' }))).toMatchObject({ stdout: '/workspace/a/b\n' })
  })

  test('mounts, read-only or not, and toolchains under a home folder or behind a symlink', async () => {
    const scratch = await dir({ tmpdir: homedir(), prefix: '.assay-test-', unsafeCleanup: true })
    const real = join(scratch.path, 'versions', '3.1')
    const link = join(scratch.path, 'current')
    await mkdir(real, { recursive: true })
    await writeFile(join(real, 'word'), 'found\n')
    await symlink(real, link)
    const out = join(scratch.path, 'out')
    await mkdir(out)
    const mounts = [shown(link), shown(real, '/mnt/shown'), shown(out, '/run/assay/out', true)]
    const script = `cat ${link}/word ${real}/word /mnt/shown/word; echo x > /run/assay/out/made && cat /run/assay/out/made; (echo x > /mnt/shown/made) 2>/dev/null || echo held; ls -A ${scratch.path}`
    expect(await run(script, { mounts })).toBe('found\nfound\nfound\nx\nheld\ncurrent\nversions\n')
    await scratch.cleanup()
  })

  test('nothing of the harness even where a mount contains it', async () => {
    expect(
      await run(`ls -A /mnt/parent${HARNESS.slice(dirname(HARNESS).length)}`, { mounts: [shown(dirname(HARNESS), '/mnt/parent')] }),
    ).toBe('')
  })

  test.each([
    ['a folder that is not there', { cwd: 'nowhere' }, /nowhere/],
    ['a folder above the workspace', { cwd: '../..' }, /not below the workspace/],
    ['an absolute folder', { cwd: '/etc' }, /not below the workspace/],
    ['a mount that is not there', { mounts: [shown('/no/such/thing', '/mnt/x')] }, /no\/such\/thing/],
  ])('%s: not started', async (_name, change, reason) => {
    await using stage = await openStage(kind)
    expect(await play(stage, command(['true'], change))).toMatchObject({ ended: 'not-started', reason: expect.stringMatching(reason) })
  })

  test('a program that is not there is an exit code, as in any shell', async () => {
    await using stage = await openStage(kind)
    expect(await play(stage, command(['no-such-program']))).toMatchObject({ ended: 'exited', exitCode: 127 })
  })

  test('a command that claims that the sandbox failed', async () => {
    await using stage = await openStage(kind)
    const script = 'echo "bwrap: execvp: No such file or directory" >&2; exit 1'
    expect(await play(stage, command(['/bin/sh', '-c', script]))).toMatchObject({ ended: 'exited', exitCode: 1 })
  })
})

test('with the network the resolver and certificates are there, and the host can be reached', async () => {
  await using stage = await openStage('folder')
  const script =
    "ls /etc/ssl/private 2>/dev/null; cat /etc/hosts | grep -c localhost; node -e \"console.log(Object.keys(require('os').networkInterfaces()).includes('lo'))\""
  const result = await play(stage, command(['/bin/sh', '-c', script], { network: true }))
  expect(result.stdout).toMatch(/^[1-9]\ntrue\n$/)
})

test('without a sandbox the home folder is fresh too and is removed', async () => {
  await using stage = await openStage('bare')
  const result = await play(stage, command(['/bin/sh', '-c', 'echo $HOME; touch $HOME/made; env | cut -d= -f1 | sort | tr "\\n" " "']))
  expect(result.stdout).toMatch(/^\/.*assay-home-.*\nASSAY_COMMAND HOME LANG PATH PWD/)
  await using again = await openStage('bare')
  const home = result.stdout.split('\n')[0] ?? ''
  expect(await play(again, command(['ls', home]))).toMatchObject({ ended: 'exited', exitCode: 2 })
})
