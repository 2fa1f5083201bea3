import { sha256 } from '../evidence/digest.ts'

/** What pairs trials across runs. Digests are sha256 in hex; `environment` covers rung, toolchains and platform. */
export interface CellParts {
  readonly taskDigest: string
  readonly fixtureDigest: string
  readonly environmentDigest: string
  readonly promptDigest: string
  readonly runner: string
  readonly model: string
}

/** `cell` = sha256(task, fixture, environment, prompt digest, runner, model), in hex. */
export function cellOf(parts: CellParts): string {
  const { taskDigest, fixtureDigest, environmentDigest, promptDigest, runner, model } = parts
  return digestOf([taskDigest, fixtureDigest, environmentDigest, promptDigest, runner, model])
}

/** `id` = sha256(run, cell, k), in hex. */
export function trialIdOf(run: string, cell: string, k: number): string {
  return digestOf([run, cell, String(k)])
}

function digestOf(parts: readonly string[]): string {
  // Joined without a quoting, ("ab", "c") and ("a", "bc") would be one trial.
  return sha256(JSON.stringify(parts))
}
