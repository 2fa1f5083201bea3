import { fairBinomial } from './fair-binomial.ts'

/**
 * McNemar's test of paired pass/fail outcomes, two-sided, from the pairs that disagree: `b` where only the first passed, `c` where only the second did.
 * `exact` never errs above its level and is conservative; `midP` counts half of the observed outcome, and is close to its level.
 * Q. McNemar (1947); M. W. Fagerland, S. Lydersen and P. Laake, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13:91 (2013).
 */
export function mcnemarTest(b: number, c: number): { readonly exact: number; readonly midP: number } {
  const fewer = Math.min(b, c)
  let tail = 0
  for (let heads = 0; heads <= fewer; heads += 1) {
    tail += fairBinomial(b + c, heads)
  }
  return { exact: Math.min(1, 2 * tail), midP: Math.min(1, 2 * tail - fairBinomial(b + c, fewer)) }
}
