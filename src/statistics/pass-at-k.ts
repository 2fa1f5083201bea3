/**
 * pass@k: the unbiased estimate, from `passed` of `trials` trials of one task, that at least one of `k` trials passes: 1 - C(n-c, k) / C(n, k).
 * M. Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374 (2021), equation 1.
 */
export function passAtK(trials: number, passed: number, k: number): number {
  return 1 - shareOfDraws(trials, trials - passed, k)
}

/**
 * pass^k: the unbiased estimate that all of `k` trials pass: C(c, k) / C(n, k). Never (c/n)^k, which is biased upwards.
 * S. Yao et al., "tau-bench: a benchmark for tool-agent-user interaction in real-world domains", arXiv 2406.12045 (2024).
 */
export function passHatK(trials: number, passed: number, k: number): number {
  return shareOfDraws(trials, passed, k)
}

/** The share of draws of `k` out of `total` that take only from `among`. As a product: the binomials themselves overflow at a few hundred trials. */
function shareOfDraws(total: number, among: number, k: number): number {
  if (![total, among, k].every(Number.isInteger) || among < 0 || among > total || k < 1 || k > total) {
    throw new RangeError(`cannot draw ${k} of ${total} trials, ${among} of them of a kind`)
  }
  let share = 1
  for (let drawn = 0; drawn < k; drawn += 1) {
    share *= Math.max(0, among - drawn) / (total - drawn)
  }
  return share
}
