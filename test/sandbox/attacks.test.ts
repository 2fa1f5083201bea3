import { describe, expect, test } from 'vitest'
import { playAsUser } from './as-user.ts'
import { ATTACKS } from './attacks.ts'
import { playAttacks } from './curtain.ts'

const outcome = (attacks: readonly { name: string }[], told: string) => attacks.map(({ name }) => ({ name, told }))

describe('what an agent tries', () => {
  test.each(['kept', 'folder'] as const)('is held on %s', async (kind) => {
    expect(await playAttacks(kind)).toEqual(outcome(ATTACKS, 'held'))
  })

  test('gets through without a sandbox, so that the attacks are known to work', async () => {
    const harmless = ATTACKS.filter((attack) => attack.bare === true)
    expect(await playAttacks('bare', harmless)).toEqual(outcome(harmless, 'BREACH'))
  })
})

describe.runIf(process.getuid?.() === 0)('what an agent tries, started by an ordinary user', () => {
  test('is held', async () => {
    expect(await playAsUser('attacks')).toEqual(outcome(ATTACKS, 'held'))
  })
})
