import { distance } from 'fastest-levenshtein'

/** One mistake in a file that a person wrote. `line` and `column` count from 1; a mistake of the whole file is on line 1. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly message: string
}

/** `FILE:LINE: message`, one a line, sorted by file, line and column; the same problem is told once. Empty for no problems. */
export function printProblems(problems: readonly Problem[]): string {
  const sorted = problems.toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0) || compareText(a.message, b.message),
  )
  const lines = sorted.map((problem) => `${problem.file}:${problem.line}: ${problem.message}\n`)
  return [...new Set(lines)].join('')
}

/** The candidate that `word` was probably meant to be, or null where none is near: more than a third of the word would be wrong, and neither begins the other. */
export function nearestTo(word: string, candidates: readonly string[]): string | null {
  const lower = word.toLowerCase()
  const ranked = candidates
    .map((candidate) => ({ candidate, steps: stepsBetween(lower, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.steps - b.steps || compareText(a.candidate, b.candidate))
  const best = ranked[0]
  return best !== undefined && best.steps <= Math.max(2, Math.floor(word.length / 3)) && best.steps < word.length ? best.candidate : null
}

function stepsBetween(word: string, candidate: string): number {
  const [short, long] = word.length < candidate.length ? [word, candidate] : [candidate, word]
  const steps = distance(word, candidate)
  return short.length >= 3 && long.startsWith(short) ? Math.min(steps, 2) : steps
}

/** `; did you mean ...?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = nearestTo(word, candidates)
  return nearest === null ? '' : `; did you mean \`${nearest}\`?`
}

/** Orders texts by code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}
