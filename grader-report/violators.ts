import { askViolators } from './violators/asking.ts'
import { deliverableViolators } from './violators/deliverable.ts'
import { featureViolators } from './violators/feature.ts'
import type { Violator } from './violators/violator.ts'

/** One agent for each rule. */
export const violators: readonly Violator[] = [...featureViolators, ...deliverableViolators, ...askViolators]
