import { openSync, readdirSync, readFileSync } from 'node:fs'

const FIRST_UNPROTECTED = 16
const CLOSE_ON_EXEC = 0o2000000

let found: readonly number[] | null = null
let harmless: number | null = null

const passesOn = (descriptor: number): boolean => {
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1] ?? '0'
    return (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0
  } catch {
    return false
  }
}

const look = (): readonly number[] => {
  try {
    return readdirSync('/proc/self/fd')
      .map(Number)
      .filter((descriptor) => descriptor >= FIRST_UNPROTECTED && passesOn(descriptor))
  } catch {
    return []
  }
}

/**
 * Entries for a child's `stdio` that cover what this process has inherited from its own parent. Node closes only the low ones at exec;
 * a job runner's pipe at descriptor 251 was open inside the sandbox.
 */
export const coverInherited = (): readonly { readonly at: number; readonly descriptor: number }[] => {
  found ??= look()
  if (found.length === 0) {
    return []
  }
  harmless ??= openSync('/dev/null', 'r')
  const descriptor = harmless
  return found.map((at) => ({ at, descriptor }))
}
