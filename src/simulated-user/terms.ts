/** Groups of terms: something is about them when every group has one of its terms in it. */
export type TermGroups = readonly (readonly string[])[]

/**
 * Whether every group has a term in `text`. A term is one word or several in a row, in any case and inflection (`reviewer` finds `Reviewers`);
 * a word that ends in `*` stands for all words that begin so; `/…/` is a regular expression over the text, case ignored.
 */
export function hitsAll(groups: TermGroups, text: string): boolean {
  const words = wordsOf(text)
  return groups.every((group) => group.some((term) => hits(term, words, text)))
}

/** Whether one of `terms` is in `text`. */
export function hitsAny(terms: readonly string[], text: string): boolean {
  const words = wordsOf(text)
  return terms.some((term) => hits(term, words, text))
}

/** What is wrong with a term as an author wrote it; null where nothing is. */
export function termMistake(term: string): string | null {
  const pattern = patternOf(term)
  if (pattern === null) {
    return partsOf(term).length === 0 ? 'expected a word, several words, or a regular expression between slashes' : null
  }
  try {
    new RegExp(pattern, 'iu')
    return null
  } catch {
    return 'expected a regular expression between the slashes'
  }
}

function hits(term: string, words: readonly string[], text: string): boolean {
  const pattern = patternOf(term)
  if (pattern !== null) {
    return new RegExp(pattern, 'iu').test(text)
  }
  const wanted = partsOf(term)
  return words.some((_, start) => wanted.every((part, index) => isWord(part, words[start + index])))
}

function patternOf(term: string): string | null {
  return /^\/(.+)\/$/s.exec(term)?.[1] ?? null
}

function partsOf(term: string): readonly string[] {
  return term.toLowerCase().match(/[\p{L}\p{N}]+\*?/gu) ?? []
}

function isWord(part: string, word: string | undefined): boolean {
  if (word === undefined) {
    return false
  }
  return part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : stem(part) === stem(word)
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’]s\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** English endings taken off, so that the forms of one word are equal; what is left need not be a word. */
function stem(word: string): string {
  const single = /(?:s|x|z|ch|sh)es$/.test(word) ? word.slice(0, -2) : word.replace(/ies$/, 'y').replace(/(?<![siu])s$/, '')
  const bare = single.replace(/(?<=.{3})(?:ed|ing)$/, '')
  const undoubled = bare === single ? bare : bare.replace(/([bdgmnprt])\1$/, '$1')
  return undoubled.replace(/(?<=.{3})e$/, '')
}
