import type { Limits } from '../sandbox/sandbox.ts'
import type { TrialLimits } from './runner.ts'

const MIB = 1024 * 1024

/** What an agent and all that it starts may use up together: enough for a test suite with a database, far below what starves the host. */
export function agentLimits(limits: TrialLimits): Limits {
  return {
    processes: 512,
    memoryBytes: 4096 * MIB,
    fileBytes: 256 * MIB,
    // Every file that is left is hashed, kept and laid into clean rooms: 2 GiB of them took minutes and as much memory.
    diskBytes: 512 * MIB,
    outputBytes: 64 * MIB,
    wallMs: limits.minutes * 60_000,
  }
}
