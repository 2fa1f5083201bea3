import { describe, expect, test } from 'vitest'
import { limitMechanism } from '../../src/sandbox/limits.ts'
import { playAsUser } from './as-user.ts'
import { playHogs } from './curtain.ts'
import { hogsOn } from './hogs.ts'

const BEST = limitMechanism()
const any = (): boolean => true
const some = (name: string): boolean => /disk|files|forks/.test(name)

describe('a command that takes too much ends at its limit, soon, with nothing left', () => {
  test.each([
    { kind: 'kept', mechanism: BEST, only: any },
    { kind: 'kept', mechanism: 'watchdog', only: any },
    { kind: 'folder', mechanism: BEST, only: some },
    { kind: 'bare', mechanism: BEST, only: some },
    { kind: 'bare', mechanism: 'watchdog', only: any },
  ] as const)('$kind, bound by $mechanism', async ({ kind, mechanism, only }) => {
    const expected = hogsOn(kind, mechanism).filter(({ name }) => only(name))
    expect(await playHogs(kind, mechanism, only)).toEqual(expected.map(({ name, ends }) => ({ name, told: ends })))
  })
})

describe.runIf(process.getuid?.() === 0)('the same for an ordinary user', () => {
  test('bound by rlimits', async () => {
    expect(await playAsUser('hogs')).toEqual(hogsOn('kept', 'rlimit').map(({ name, ends }) => ({ name, told: ends })))
  })
})
