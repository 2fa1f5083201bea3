/** What the output of a test command tells: how many tests passed and failed; null where it does not say. */
export interface TestCounts {
  readonly passed: number
  readonly failed: number
}

const EMPTY = /\bno tests ran\b|\bno tests? (?:were )?found\b|\bcollected 0 items\b|\bNo test files found\b|\bRan 0 tests\b/i

/** Reads the summary of pytest, unittest, Jest, Vitest, Mocha, cargo or go test: that of the last run where there are several. */
export function readTestOutput(text: string): TestCounts | null {
  const lines = text.split('\n')
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const counts = summaryIn(lines[at] ?? '', lines.slice(at + 1, at + 4))
    if (counts !== null) {
      return counts
    }
  }
  return goCounts(lines)
}

function summaryIn(line: string, after: readonly string[]): TestCounts | null {
  if (EMPTY.test(line)) {
    return { passed: 0, failed: 0 }
  }
  const unittest = /^Ran (\d+) tests? in /.exec(line)?.[1]
  if (unittest !== undefined) {
    const failed = after.join('\n').includes('FAILED')
    return { passed: failed ? 0 : Number(unittest), failed: failed ? 1 : 0 }
  }
  const isSummary =
    /^=*\s*(?:\d+ \w+, )*\d+ (?:passed|failed|errors?)\b.*\bin [\d.:]+/.test(line) ||
    /^\s*Tests:?\s+(?:\d+ \w+[,| ]+)*\d+ (?:passed|failed)/.test(line) ||
    /^test result: /.test(line) ||
    /^\s*\d+ (?:passing|failing)\b/.test(line)
  return isSummary ? { passed: sumOf(line, /(\d+) (?:passed|passing)/g), failed: sumOf(line, /(\d+) (?:failed|failing|errors?)\b/g) } : null
}

function goCounts(lines: readonly string[]): TestCounts | null {
  const failed = lines.filter((line) => /^(?:--- )?FAIL\b/.test(line)).length
  const passed = lines.filter((line) => /^ok\s+\S+\s+(?:[\d.]+s|\(cached\))/.test(line) && !line.includes('no tests to run')).length
  return failed + passed > 0 ? { passed, failed } : null
}

function sumOf(line: string, pattern: RegExp): number {
  return [...line.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0)
}
