import { classOf } from './command-class.ts'
import { exitTells, type ShellCommand } from './shell.ts'
import { runs, type ShellCall, shellCalls } from './shell-calls.ts'
import { readTestOutput } from './test-output.ts'
import type { Timeline } from './timeline.ts'

/** How a run of tests ended, as far as the transcript tells. `empty`: it ended well without a test. */
export type RunEnd = 'green' | 'red' | 'empty' | 'unknown'

/** One run of tests in the agent's shell. */
export interface TestRun {
  readonly shell: ShellCall
  /** Its place in the command line. */
  readonly index: number
  readonly documented: boolean
  readonly end: RunEnd
  /** Tests that its output counts; null where it counts none. */
  readonly counted: number | null
}

/** Every run of tests that the agent asked for, in order, by the documented command or by another. */
export function testRuns(timeline: Timeline, documented: string | undefined): readonly TestRun[] {
  return shellCalls(timeline).flatMap((shell) =>
    (shell.line?.commands ?? []).flatMap((command, index): readonly TestRun[] => {
      const isDocumented = documented !== undefined && runs(command.words, documented)
      if (!isDocumented && classOf(command.words) !== 'test') {
        return []
      }
      const counts = readTestOutput(shell.call.result?.text ?? '')
      return [
        {
          shell,
          index,
          documented: isDocumented,
          end: endOf(shell, index),
          counted: counts === null ? null : counts.passed + counts.failed,
        },
      ]
    }),
  )
}

/** How the command at `index` of a line ended: by its own output where it is the only one that runs tests, else by the exit code where that tells. */
export function endOf(shell: ShellCall, index: number): RunEnd {
  const { result } = shell.call
  if (shell.line === null || result === null) {
    return 'unknown'
  }
  const counts = readTestOutput(result.text)
  if (counts !== null && counts.failed > 0) {
    return 'red'
  }
  if (!result.isError && exitTells(shell.line, index)) {
    return counts?.passed === 0 ? 'empty' : 'green'
  }
  if (result.isError && isLastAndBare(shell.line.commands, index)) {
    return counts?.passed === 0 ? 'empty' : 'red'
  }
  return counts === null ? 'unknown' : counts.passed === 0 ? 'empty' : 'green'
}

function isLastAndBare(commands: readonly ShellCommand[], index: number): boolean {
  return commands.slice(index + 1).every(({ after }) => after === 'lost') && !['lost', '&'].includes(commands[index]?.after ?? 'lost')
}
