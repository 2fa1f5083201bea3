import { closing } from './shell-brackets.ts'

/** What follows a command: nothing, the operator before the next one, or the end of a substitution whose exit code is lost. */
export type After = '' | ';' | '&' | '&&' | '||' | '|' | 'lost'

/** A simple command as written, quotes taken off. `substitutions` are the lines inside it. */
export interface Raw {
  words: string[]
  after: After
  readonly writes: string[]
  readonly substitutions: string[]
}

interface Scanner {
  readonly text: string
  at: number
  current: Raw
  word: string | null
  readonly done: Raw[]
  redirect: 'write' | 'read' | null
  heredocs: { readonly end: string; readonly tabs: boolean }[]
  expectHeredoc: 'plain' | 'tabs' | null
}

const fresh = (): Raw => ({ words: [], after: '', writes: [], substitutions: [] })

/** Splits a line at its operators; null where a quote or a bracket stays open. What stands in a here-document is text, not commands. */
export function scanShell(text: string): readonly Raw[] | null {
  const s: Scanner = { text, at: 0, current: fresh(), word: null, done: [], redirect: null, heredocs: [], expectHeredoc: null }
  while (s.at < text.length) {
    const ok = step(s)
    if (!ok) {
      return null
    }
  }
  endCommand(s, '')
  return s.done
}

function step(s: Scanner): boolean {
  const c = s.text[s.at] ?? ''
  if (c === "'" || c === '"') {
    return quoted(s, c)
  }
  if (/^(?:`|[$<>]\()/.test(s.text.slice(s.at, s.at + 2))) {
    return substitution(s)
  }
  if (c === '\\') {
    escaped(s)
  } else if (c === '#' && s.word === null) {
    const end = s.text.indexOf('\n', s.at)
    s.at = end === -1 ? s.text.length : end
  } else if (/^(?:[<>]|&>)/.test(s.text.slice(s.at, s.at + 2))) {
    redirection(s)
  } else if (/[\s;&|()]/.test(c)) {
    separator(s)
  } else {
    s.word = (s.word ?? '') + c
    s.at += 1
  }
  return true
}

/** A backslash before a line break joins the lines. */
function escaped(s: Scanner): void {
  const next = s.text[s.at + 1] ?? ''
  s.word = next === '\n' ? s.word : (s.word ?? '') + next
  s.at += 2
}

function quoted(s: Scanner, quote: string): boolean {
  s.word ??= ''
  s.at += 1
  while (s.at < s.text.length && s.text[s.at] !== quote) {
    if (quote === "'") {
      s.word += s.text[s.at] ?? ''
      s.at += 1
    } else if (!inDoubleQuotes(s)) {
      return false
    }
  }
  s.at += 1
  return s.at <= s.text.length
}

function inDoubleQuotes(s: Scanner): boolean {
  if (s.text.startsWith('$(', s.at) || s.text[s.at] === '`') {
    return substitution(s)
  }
  const isEscape = s.text[s.at] === '\\' && /["\\$`\n]/.test(s.text[s.at + 1] ?? '')
  s.word = (s.word ?? '') + (s.text[isEscape ? s.at + 1 : s.at] ?? '')
  s.at += isEscape ? 2 : 1
  return true
}

function substitution(s: Scanner): boolean {
  const body = takeSubstitution(s)
  s.word = `${s.word ?? ''}$()`
  return body !== null
}

/** Consumes `$(…)`, `<(…)` or a pair of backquotes; arithmetic (`$((…))`) holds no command. */
function takeSubstitution(s: Scanner): string | null {
  if (s.text[s.at] === '`') {
    const end = s.text.indexOf('`', s.at + 1)
    const body = end === -1 ? null : s.text.slice(s.at + 1, end)
    s.at = end === -1 ? s.text.length : end + 1
    return body === null ? null : keep(s, body)
  }
  const end = closing(s.text, s.at + 2)
  if (end === null) {
    return null
  }
  const body = s.text.slice(s.at + 2, end)
  s.at = end + 1
  return body.startsWith('(') ? body : keep(s, body)
}

function keep(s: Scanner, body: string): string {
  s.current.substitutions.push(body)
  return body
}

function redirection(s: Scanner): void {
  const operator = /^(?:&>>?|<<<|<<-?|<>|<&|>&|>\||>>|<|>)/.exec(s.text.slice(s.at, s.at + 3))?.[0] ?? '>'
  if (s.word !== null && /^\d+$/.test(s.word)) {
    s.word = null
  }
  endWord(s)
  s.at += operator.length
  const duplicate = /^(?:>&|<&)$/.test(operator) ? /^(?:\d+|-)/.exec(s.text.slice(s.at, s.at + 4))?.[0] : undefined
  if (duplicate !== undefined) {
    s.at += duplicate.length
  } else if (operator === '<<' || operator === '<<-') {
    s.expectHeredoc = operator === '<<' ? 'plain' : 'tabs'
  } else {
    s.redirect = operator.startsWith('<') && operator !== '<>' ? 'read' : 'write'
  }
}

function separator(s: Scanner): void {
  const c = s.text[s.at] ?? ''
  if (c === '\n') {
    endCommand(s, ';')
    s.at += 1
    skipHeredocs(s)
    return
  }
  if (/\s/.test(c)) {
    endWord(s)
    s.at += 1
    return
  }
  const two = s.text.slice(s.at, s.at + 2)
  const double = ({ '&&': '&&', '||': '||', '|&': '|', ';;': ';' } as const)[two as '&&']
  const one = ({ ';': ';', '&': '&', '|': '|', '(': ';', ')': '' } as const)[c as ';'] ?? ';'
  s.at += double === undefined ? 1 : 2
  endCommand(s, double ?? one)
}

function skipHeredocs(s: Scanner): void {
  for (const { end, tabs } of s.heredocs.splice(0)) {
    let line: string | null = null
    while (line !== end && s.at < s.text.length) {
      const newline = s.text.indexOf('\n', s.at)
      const stop = newline === -1 ? s.text.length : newline
      line = s.text.slice(s.at, stop).replace(tabs ? /^\t+/ : /^$/, '')
      s.at = stop + 1
    }
  }
}

function endWord(s: Scanner): void {
  if (s.word === null) {
    return
  }
  if (s.expectHeredoc !== null) {
    s.heredocs.push({ end: s.word, tabs: s.expectHeredoc === 'tabs' })
    s.expectHeredoc = null
  } else if (s.redirect !== null) {
    if (s.redirect === 'write') {
      s.current.writes.push(s.word)
    }
    s.redirect = null
  } else {
    s.current.words.push(s.word)
  }
  s.word = null
}

/** The operator behind a `)` belongs to the last command inside. */
function endCommand(s: Scanner, after: After): void {
  endWord(s)
  const { words, writes, substitutions } = s.current
  const last = s.done.at(-1)
  if (words.length + writes.length + substitutions.length > 0) {
    s.done.push({ ...s.current, after })
  } else if (last !== undefined && after !== '' && last.after === '') {
    last.after = after
  }
  s.current = fresh()
}
