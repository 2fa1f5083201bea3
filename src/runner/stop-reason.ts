import type { GatewaySession } from '../gateway/gateway.ts'
import type { Stop, TrialLimits } from './runner.ts'

/** Null while the trial may go on: neither was the signal aborted, nor has the gateway stopped answering because of a bound. */
export function outerStop(signal: AbortSignal, gateway: GatewaySession, limits: TrialLimits): Stop | null {
  if (signal.aborted) {
    return signal.reason === 'timed-out' ? { kind: 'timed-out', ms: limits.minutes * 60_000 } : { kind: 'failed', message: 'interrupted' }
  }
  const exhausted = gateway.exhausted()
  if (exhausted === null) {
    return null
  }
  return exhausted === 'turns' ? { kind: 'turn-limit', turns: limits.turns } : { kind: 'budget', what: exhausted }
}
