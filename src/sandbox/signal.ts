/**
 * Sends a signal (0: none) to a process or, with a negative number, to a group. False where there is nobody to get it:
 * it has ended, or the number has become somebody else's.
 */
export const sendSignal = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
