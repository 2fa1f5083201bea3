import { join } from 'node:path'
import { execa } from 'execa'
import { dir } from 'tmp-promise'
import { describe, expect, test } from 'vitest'
import { chooseRung } from '../../src/sandbox/choose-rung.ts'
import { fixFor, type RungReport, tryRungs } from '../../src/sandbox/ladder.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'

const SANDBOX = join(import.meta.dirname, '..', '..', 'src', 'sandbox')

/** The ladder as a process of its own sees it. */
const laddered = async (around: readonly string[], env: Readonly<Record<string, string>>): Promise<readonly RungReport[]> => {
  const scratch = await dir({ unsafeCleanup: true })
  const script = `import { tryRungs } from ${JSON.stringify(join(SANDBOX, 'ladder.ts'))}; process.stdout.write(JSON.stringify(await tryRungs(process.argv[1])))`
  const [first = process.execPath, ...rest] = [...around, process.execPath, '--input-type=module', '-e', script, scratch.path]
  const { stdout } = await execa(first, rest, { env, extendEnv: false })
  await scratch.cleanup()
  return JSON.parse(stdout)
}

test('all rungs work here (where this fails, the report says what is missing)', async () => {
  const scratch = await dir({ unsafeCleanup: true })
  const reports = await tryRungs(scratch.path)
  await scratch.cleanup()
  expect(reports).toEqual(['overlay+bwrap', 'copy+bwrap', 'none'].map((rung) => ({ rung, works: true, ms: expect.any(Number) })))
})

test('a host without the programs', async () => {
  expect(await laddered([], { PATH: '/nowhere' })).toMatchObject([
    {
      rung: 'overlay+bwrap',
      works: false,
      reason: 'unshare was not found on the PATH',
      fix: 'Install util-linux: sudo apt-get install util-linux',
    },
    {
      rung: 'copy+bwrap',
      works: false,
      reason: 'bwrap was not found on the PATH',
      fix: 'Install bubblewrap: sudo apt-get install bubblewrap',
    },
    { rung: 'none', works: true },
  ])
})

test('a host without user namespaces', async () => {
  const forbid = ['unshare', '-Ur', 'sh', '-c', 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"', 'sh']
  const fix = 'Allow user namespaces: sudo sysctl -w user.max_user_namespaces=10000'
  expect(await laddered(forbid, { PATH: process.env.PATH ?? '' })).toMatchObject([
    { rung: 'overlay+bwrap', works: false, call: expect.stringContaining('mount -t overlay'), fix },
    { rung: 'copy+bwrap', works: false, call: expect.stringContaining('bwrap --unshare-all'), fix },
    { rung: 'none', works: true },
  ])
})

test.each([
  ['bwrap was not found on the PATH', 'linux'],
  ['bwrap: Unknown option --disable-userns', 'linux'],
  ['unshare: write failed /proc/self/uid_map: Operation not permitted', 'linux'],
  ['mount: /x: wrong fs type, bad option, bad superblock on overlay.', 'linux'],
  ['bwrap was not found on the PATH', 'darwin'],
] as const)('what to do about: %s (%s)', (reason, platform) => {
  expect(fixFor({ call: 'call', reason }, platform)).toMatch(/bubblewrap$|0\.8|apparmor_restrict_unprivileged_userns=0|ext4|docker/)
})

describe('the choice', () => {
  const reports = (...working: Rung[]): readonly RungReport[] =>
    (['overlay+bwrap', 'copy+bwrap', 'none'] as const).map((rung) =>
      working.includes(rung)
        ? { rung, works: true, ms: 1 }
        : { rung, works: false, call: `call ${rung}`, reason: 'it said no', fix: 'Do this.' },
    )

  test.each([
    [['overlay+bwrap', 'copy+bwrap', 'none'], false, null, 'overlay+bwrap'],
    [['copy+bwrap', 'none'], false, null, 'copy+bwrap'],
    [['none'], true, null, 'none, warned'],
    [['none'], false, null, 'refused'],
    [['none'], false, 'none', 'none, warned'],
    [['overlay+bwrap', 'none'], true, 'none', 'none, warned'],
    [['copy+bwrap', 'none'], true, 'overlay+bwrap', 'refused'],
    [['overlay+bwrap', 'copy+bwrap', 'none'], false, 'copy+bwrap', 'copy+bwrap'],
    [[], true, null, 'refused'],
  ] as const)('%j, tame %s, forced %s: %s', (working, tame, forced, expected) => {
    const choice = chooseRung(reports(...working), { tame, forced })
    const told = choice.kind === 'refused' ? 'refused' : `${choice.rung}${choice.warning === undefined ? '' : ', warned'}`
    expect(told).toBe(expected)
  })

  test('a refusal says each call, what it said, and what to do', () => {
    expect(chooseRung(reports('none'), { tame: false, forced: null })).toMatchInlineSnapshot(`
      {
        "kind": "refused",
        "message": "No sandbox works here, and this runner runs what a model writes. Mend one of these, or say --sandbox none.
        overlay+bwrap: call overlay+bwrap
          it said no
          Do this.
        copy+bwrap: call copy+bwrap
          it said no
          Do this.",
      }
    `)
  })
})
