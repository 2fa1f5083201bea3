import jstat from 'jstat'

/** A share with its bounds, all between 0 and 1. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** The standard normal quantile of 0.975: what makes an interval one of 95 %. */
const Z_95 = 1.959963984540054

/**
 * The Wilson score interval (95 %) of `successes` out of `trials` independent trials; all of 0 to 1 where there are none.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22 (1927), 209-212.
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  refuseUnlessCount(successes, trials)
  if (trials === 0) {
    return { low: 0, high: 1 }
  }
  const share = successes / trials
  const z2 = Z_95 * Z_95
  const centre = share + z2 / (2 * trials)
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))
  const scale = 1 + z2 / trials
  // At the ends the two terms cancel but for rounding, which would print a bound of -0.
  return {
    low: successes === 0 ? 0 : (centre - spread) / scale,
    high: successes === trials ? 1 : (centre + spread) / scale,
  }
}

/**
 * The Clopper-Pearson interval (95 %) of `successes` out of `trials` independent trials: it covers the truth at least 95 % of the time, whatever the truth,
 * and is wider than Wilson's for it. For guarantees: "at most x % of changes break this rule".
 * C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934), 404-413.
 */
export function clopperPearsonInterval(successes: number, trials: number): Interval {
  refuseUnlessCount(successes, trials)
  return {
    low: successes === 0 ? 0 : jstat.beta.inv(0.025, successes, trials - successes + 1),
    high: successes === trials ? 1 : jstat.beta.inv(0.975, successes + 1, trials - successes),
  }
}

function refuseUnlessCount(successes: number, trials: number): void {
  if (!Number.isInteger(successes) || !Number.isInteger(trials) || successes < 0 || successes > trials) {
    throw new RangeError(`${successes} of ${trials} is not a count of successes`)
  }
}
