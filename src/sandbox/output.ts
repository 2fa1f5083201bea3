import { Readable } from 'node:stream'

/** Counts all bytes of a command's streams together and keeps those below the cap. */
export interface Output {
  readonly stdout: Readable
  takeStdout(chunk: Buffer): void
  takeStderr(chunk: Buffer): void
  /** What nobody has read from `stdout`, and all of standard error, as text. Ends `stdout`. */
  finish(): { readonly stdout: string; readonly stderr: string }
}

/** `onOverflow` is called once, when more than `cap` bytes have come. */
export const openOutput = (cap: number, onOverflow: () => void): Output => {
  const stdout = new Readable({ read: () => undefined })
  const errors: Buffer[] = []
  let left = cap
  let full = false
  const accept = (chunk: Buffer): Buffer => {
    const kept = chunk.subarray(0, left)
    left -= kept.length
    if (kept.length < chunk.length && !full) {
      full = true
      onOverflow()
    }
    return kept
  }
  const unread = (): string => {
    const chunks: Buffer[] = []
    for (let chunk: Buffer | null = stdout.read(); chunk !== null; chunk = stdout.read()) {
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  }
  return {
    stdout,
    takeStdout: (chunk) => {
      const kept = accept(chunk)
      if (kept.length > 0) {
        stdout.push(kept)
      }
    },
    takeStderr: (chunk) => {
      errors.push(accept(chunk))
    },
    finish: () => {
      // Null until somebody attaches a reader: then the bytes are theirs, even those still on their way.
      const collected = stdout.readableFlowing === null ? unread() : ''
      stdout.push(null)
      return { stdout: collected, stderr: Buffer.concat(errors).toString('utf8') }
    },
  }
}
