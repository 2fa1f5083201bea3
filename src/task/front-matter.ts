import matter from 'gray-matter'
import type { Problem } from './problem.ts'
import type { DocumentReading, Positioned } from './yaml-document.ts'
import { readYaml } from './yaml-document.ts'

export type FrontMatter =
  | ({ readonly kind: 'read'; readonly body: string } & Positioned)
  | { readonly kind: 'bad'; readonly problems: readonly Problem[] }

/**
 * Splits a Markdown file into its front matter (YAML, see `readYaml`) and its body, word for word.
 * Front matter stands between a first line `---` and the next line that begins with `---`. A byte order mark and CRLF are allowed.
 */
export function readFrontMatter(text: string, file: string): FrontMatter {
  const unreadable = delimiterProblem(text, file)
  if (unreadable !== null) {
    return { kind: 'bad', problems: [unreadable] }
  }
  let reading: DocumentReading = readYaml('', file)
  // Without an options object gray-matter answers a second reading of the same broken text with empty data.
  const { content } = matter(text, {
    language: 'yaml',
    engines: {
      yaml: (source: string) => {
        // gray-matter cuts off the last line's break, and with CRLF leaves the \r in the last value.
        reading = readYaml(`${source}\n`, file)
        return {}
      },
      // Its own engines evaluate a `---js` block as a program.
      javascript: refuse,
      coffee: refuse,
      json: refuse,
    },
  })
  if (reading.kind === 'bad') {
    return reading
  }
  const data = reading.data ?? {}
  if (typeof data !== 'object' || Array.isArray(data)) {
    return { kind: 'bad', problems: [{ file, line: 2, message: 'front matter: expected keys with values (`key: value`)' }] }
  }
  return { kind: 'read', data, at: reading.at, body: content }
}

function delimiterProblem(text: string, file: string): Problem | null {
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (!first.startsWith('---') || first.startsWith('----')) {
    return { file, line: 1, message: 'has no front matter: the first line must be `---`' }
  }
  const language = first.slice(3).trim()
  if (language !== '' && language !== 'yaml') {
    return { file, line: 1, message: `front matter is YAML here: \`---${language}\` is neither read nor executed` }
  }
  const close = rest.findIndex((line) => line.startsWith('---'))
  if (close === -1) {
    return { file, line: 1, message: 'front matter is not closed: a line `---` must follow it' }
  }
  // gray-matter takes any line that begins with three dashes for the end, and leaves the rest of it in the body.
  if (rest[close]?.trim() !== '---') {
    return { file, line: close + 2, message: 'the line that closes the front matter must be `---` alone' }
  }
  return null
}

function refuse(): never {
  throw new Error('Front matter in another language than YAML was let through to gray-matter.')
}
