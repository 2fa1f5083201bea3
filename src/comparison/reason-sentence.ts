import type { ArmName, InvalidReason } from './comparison.ts'

const armNames: Readonly<Record<ArmName, string>> = { a: 'A', b: 'B' }

/** Why a run or a comparison carries no answer, as one sentence. `names`: what the arms are called, where not A and B. */
export function reasonSentence(reason: InvalidReason, names: Partial<Readonly<Record<ArmName, string>>> = {}): string {
  const name = (arm: ArmName) => names[arm] ?? armNames[arm]
  switch (reason.kind) {
    case 'too-many-voids':
      return `${name(reason.arm)} lost ${reason.voids} of ${reason.trials} trials to faults that are not the agent's; more than ${percent(reason.most)} % is too many.`
    case 'unequal-voids':
      return `the arms lost trials unequally, ${reason.a} in ${name('a')} and ${reason.b} in ${name('b')} (Fisher p = ${reason.p.toFixed(3)}, below ${reason.least}).`
    case 'two-models':
      return `${reason.models.join(' and ')} both answered in ${name(reason.arm)}.`
    case 'other-model-answered':
      return `${reason.a} answered in ${name('a')} and ${reason.b} in ${name('b')}.`
    case 'nothing-counted':
      return 'no trial counts.'
  }
}

function percent(share: number): number {
  return Math.round(share * 100)
}
