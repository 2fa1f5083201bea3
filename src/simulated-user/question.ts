/** One question to the user. `context` is what was said beside it: it may show what a question means that does not say it itself. */
export interface Question {
  readonly text: string
  readonly options: readonly string[]
  readonly context: string
}

/** A paragraph or one item of a list, as sentences. */
interface Unit {
  readonly isItem: boolean
  readonly sentences: readonly string[]
}

/** Of a message: the last words stand at the end, and an agent may write megabytes. */
const MOST_CHARACTERS = 16_000

const ITEM = /^\s*(?:[-*+•]|\(?(?:\d{1,2}|[a-z])[.)])\s+/i

/**
 * The questions of a message: its interrogative sentences, code left out. Items of a list beside a question are its options, unless they are
 * questions themselves. `context` is the question's own paragraph and the one before it.
 */
export function questionsIn(message: string): readonly Question[] {
  const units = unitsOf(message.slice(-MOST_CHARACTERS))
  return units.flatMap((unit, at) =>
    unit.sentences.filter(isInterrogative).map((text): Question => {
      const before = units.slice(0, at).findLast((other) => !other.isItem || !unit.isItem)
      const context = [...(before?.sentences ?? []), ...unit.sentences].filter((sentence) => sentence !== text)
      return { text, options: unit.isItem ? [] : optionsBeside(units, at, text), context: context.join(' ') }
    }),
  )
}

/** The questions of an `ask.md`: the items of its list, or the whole of it. */
export function questionsOfPage(page: string): readonly string[] {
  const listed = page.split('\n').flatMap((line) => /^(?:[-*]|\d+\.)\s+(.+)$/.exec(line)?.[1]?.trim() ?? [])
  return listed.length > 0 ? listed : [page.trim()]
}

function unitsOf(message: string): readonly Unit[] {
  const blocks: { isItem: boolean; text: string }[] = []
  let open = false
  for (const line of withoutCode(message).split('\n')) {
    const isItem = ITEM.test(line)
    const last = blocks.at(-1)
    if (line.trim() === '') {
      open = false
    } else if (open && !isItem && last !== undefined) {
      last.text += ` ${line.trim()}`
    } else {
      blocks.push({ isItem, text: line.replace(ITEM, '').trim() })
      open = true
    }
  }
  return blocks.map(({ isItem, text }) => ({ isItem, sentences: sentencesOf(text) }))
}

/** Blocks go; in spans the signs that end sentences do. */
function withoutCode(message: string): string {
  return message
    .replace(/^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|$(?![\s\S]))/gm, '')
    .replace(/`[^`\n]+`/g, (span) => span.replace(/[?!.]/g, ' '))
}

function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?]["'”’)\]*_]*)\s+/)
    .map((sentence) => sentence.replace(/^[#>*_\s]+/, '').trim())
    .filter((sentence) => sentence !== '')
}

function isInterrogative(sentence: string): boolean {
  const mark = sentence.lastIndexOf('?')
  return mark !== -1 && /^["'”’)\]*_!]*$/.test(sentence.slice(mark + 1)) && /[\p{L}\p{N}]/u.test(sentence.slice(0, mark))
}

/** The items that follow the question where it ends its paragraph, else those that stand before a paragraph that it begins. */
function optionsBeside(units: readonly Unit[], at: number, text: string): readonly string[] {
  const { sentences } = units[at] ?? { sentences: [] }
  const behind = sentences.at(-1) === text ? takeItems(units.slice(at + 1)) : []
  const options = behind.length > 0 || sentences[0] !== text ? behind : takeItems(units.slice(0, at).toReversed()).toReversed()
  return options.filter(({ sentences: said }) => !said.some(isInterrogative)).map(({ sentences: said }) => said.join(' '))
}

function takeItems(units: readonly Unit[]): readonly Unit[] {
  const end = units.findIndex(({ isItem }) => !isItem)
  return end === -1 ? units : units.slice(0, end)
}
