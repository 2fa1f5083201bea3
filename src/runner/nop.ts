import type { Runner } from './runner.ts'

/** Does nothing and finishes: what every task must tell from work. */
export function nopRunner(): Runner {
  return {
    name: 'nop',
    trust: 'observed',
    tame: true,
    identity: 'nop',
    run: async () => ({ stop: { kind: 'finished' }, finalMessage: '' }),
  }
}
