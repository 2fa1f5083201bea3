import jstat from 'jstat'
import type { Interval } from './interval.ts'
import { meanOf, sampleVariance, sumOf } from './mean.ts'

/** A mean over trials that come in clusters, which agree among themselves more than with others. */
export interface ClusteredMean {
  readonly mean: number
  /** The population form: (1/n) sqrt(sum over clusters of (sum of their residuals)^2). Too small where clusters are few. */
  readonly cr0: number
  /** `cr0` times sqrt(G / (G - 1)), for G clusters; null for fewer than two. The one that the interval uses. */
  readonly cr1: number | null
  readonly degreesOfFreedom: number
  /** 95 %: mean ± t(G - 1) × cr1; null for fewer than two clusters. */
  readonly interval: Interval | null
}

/**
 * The mean of all values, and its standard error clustered by the groups that they are given in (trials by task, or tasks by fixture).
 * E. Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), section 2.2, with n in place of n - 1; A. C. Cameron and D. L. Miller (2015) for CR1.
 */
export function clusteredMean(clusters: readonly (readonly number[])[]): ClusteredMean {
  const filled = clusters.filter((cluster) => cluster.length > 0)
  const values = filled.flat()
  if (values.length === 0) {
    throw new RangeError('there is no mean of no values')
  }
  const mean = meanOf(values)
  const squares = filled.map((cluster) => (sumOf(cluster) - cluster.length * mean) ** 2)
  const cr0 = Math.sqrt(sumOf(squares)) / values.length
  const degreesOfFreedom = filled.length - 1
  if (degreesOfFreedom === 0) {
    return { mean, cr0, cr1: null, degreesOfFreedom, interval: null }
  }
  const cr1 = cr0 * Math.sqrt(filled.length / degreesOfFreedom)
  return { mean, cr0, cr1, degreesOfFreedom, interval: studentInterval(mean, cr1, degreesOfFreedom) }
}

/** The mean of one difference a task, its standard error sd / sqrt(n), and the 95 % interval of Student's t with n - 1 degrees of freedom; both null below two tasks. */
export interface PairedDifferences {
  readonly mean: number
  readonly standardError: number | null
  readonly interval: Interval | null
}

/**
 * Student's paired summary: for ratios of cost, tokens and time, on their logarithms. Not for pass rates: with few tasks and tied differences its
 * interval is too narrow (A = 110110111011, B = 010100101010: t says p = 0.039, all sign patterns say 1/8), so those use `signFlipInterval`.
 */
export function pairedDifferences(differences: readonly number[]): PairedDifferences {
  const n = differences.length
  const mean = n === 0 ? 0 : meanOf(differences)
  const variance = sampleVariance(differences)
  if (variance === null) {
    return { mean, standardError: null, interval: null }
  }
  const standardError = Math.sqrt(variance / n)
  return { mean, standardError, interval: studentInterval(mean, standardError, n - 1) }
}

function studentInterval(mean: number, standardError: number, degreesOfFreedom: number): Interval {
  const reach = jstat.studentt.inv(0.975, degreesOfFreedom) * standardError
  return { low: mean - reach, high: mean + reach }
}
