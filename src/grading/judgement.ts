import type { Judgement, Observation } from './rule.ts'

export const NA: Judgement = { check: 'na', observations: [] }
export const INCONCLUSIVE: Judgement = { check: 'inconclusive', observations: [] }

/** Findings of one code that are told one by one; of more, the last says how many it stands for. */
const TOLD_PER_CODE = 40

/** `fail` with these observations, or `pass` where there is none. An agent that rewrites ten thousand files does not write ten thousand findings. */
export function failIfAny(observations: readonly Observation[]): Judgement {
  if (observations.length === 0) {
    return { check: 'pass', observations: [] }
  }
  const told: Observation[] = []
  for (const code of new Set(observations.map((one) => one.code))) {
    const same = observations.filter((one) => one.code === code)
    const last = same[TOLD_PER_CODE - 1]
    const cut = same.length > TOLD_PER_CODE && last !== undefined
    told.push(...same.slice(0, cut ? TOLD_PER_CODE - 1 : TOLD_PER_CODE))
    if (cut) {
      told.push({ ...last, args: { ...last.args, more: same.length - TOLD_PER_CODE } })
    }
  }
  return { check: 'fail', observations: told }
}
