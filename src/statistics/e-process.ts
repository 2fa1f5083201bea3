import { fairBinomial } from './fair-binomial.ts'

/**
 * The evidence against "a pair that disagrees falls to either side with probability 1/2" after `wins` and `losses`: 2^n / ((n + 1) C(n, wins)),
 * the likelihood ratio of a uniform mixture of coins over the fair one. Under the null it reaches 1/alpha at any time with probability at most alpha
 * (Ville's inequality), so a run may stop the moment that it does. Two-sided.
 * A. Ramdas, P. Grünwald, V. Vovk and G. Shafer, "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38 (2023), 576-601.
 */
export function eProcess(wins: number, losses: number): number {
  return 1 / ((wins + losses + 1) * fairBinomial(wins + losses, wins))
}

/** The fewest wins against `losses` that bring the evidence to 1/alpha. */
export function eBoundary(losses: number, alpha: number): number {
  let wins = losses
  while (eProcess(wins, losses) < 1 / alpha) {
    wins += 1
  }
  return wins
}

/** Whether no outcome of the `remaining` pairs could bring the evidence to 1/alpha. To stop then costs no error. */
export function isFutile(wins: number, losses: number, remaining: number, alpha: number): boolean {
  return Math.max(eProcess(wins + remaining, losses), eProcess(wins, losses + remaining)) < 1 / alpha
}
