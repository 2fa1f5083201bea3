import picomatch from 'picomatch'
import { z } from 'zod'

/** One line of text. */
export const line = z.string().regex(/^\S[^\n]*$/, 'expected one line of text')

/** A short name. */
export const word = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'expected a word of lower-case letters, digits, `-`, `_` and `.`')

/** A sha256. */
export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected a sha256 in hex')
  .meta({ id: 'digest' })

/** A glob of ours: picomatch, relative to the root of the repository, `/` between parts. */
export const glob = z.string().superRefine((text, context) => {
  const reason = globMistake(text)
  if (reason !== null) {
    context.addIssue({ code: 'custom', message: reason })
  }
})

/** A path of ours: relative, `/` between parts, nothing outside. */
export const relativePath = z.string().superRefine((text, context) => {
  const reason = pathMistake(text)
  if (reason !== null) {
    context.addIssue({ code: 'custom', message: reason })
  }
})

function globMistake(text: string): string | null {
  if (text.startsWith('!')) {
    return 'expected a glob that does not begin with `!`'
  }
  const mistake = pathMistake(text)
  if (mistake !== null) {
    return mistake
  }
  try {
    picomatch(text, { dot: true, strictBrackets: true })
    return null
  } catch {
    return 'expected a glob whose brackets are closed'
  }
}

function pathMistake(text: string): string | null {
  if (text.trim() === '') {
    return 'expected a path'
  }
  if (text.startsWith('/') || text.startsWith('./') || text.includes('\\')) {
    return 'expected a path relative to the root of the repository, without `./`, `/` between its parts'
  }
  return text.split('/').includes('..') ? 'expected a path without `..`' : null
}
