/** Every code that a finding may have. Codes are compared across runs and written in tasks: they never change their meaning. */
export const codes = [
  'TEST_NOT_PASSING',
  'TEST_BROKEN',
  'TEST_MISSING',
  'SUITE_DID_NOT_RUN',
  'FRONTEND_CHANGED',
  'OUTSIDE_SCOPE',
  'SYMLINK_OUTSIDE',
  'DEPENDENCY_TAMPERED',
  'TOUCHED_IN_PASSING',
  'PROTECTED_CHANGED',
  'TEST_HARNESS_PLANTED',
  'TEST_REMOVED',
  'TEST_EMPTIED',
  'TEST_SKIPPED',
  'FORGED_REPORT',
  'OUTSIDE_DELIVERABLE',
  'NO_NEW_TESTS',
  'NEW_TEST_NOT_PASSING',
  'MUTANT_SURVIVED',
  'ORDER_DEPENDENT',
] as const

export type Code = (typeof codes)[number]
