import { apiCases } from './cases/api.ts'
import { askCases } from './cases/ask.ts'
import { dataCases } from './cases/data.ts'
import { processCases } from './cases/process.ts'
import { scopeCases } from './cases/scope.ts'
import { styleCases } from './cases/style.ts'
import { testCases } from './cases/tests.ts'
import type { RuleCases } from './rule-cases.ts'

/** The table of every rule. */
export const allCases: readonly RuleCases[] = [
  ...testCases,
  ...scopeCases,
  ...styleCases,
  ...dataCases,
  ...apiCases,
  ...processCases,
  ...askCases,
]
