/**
 * One question to the user. `context` is what was said beside it: it may show what a question means that does not say it itself. A question that
 * only points ("Which of the two?") has the whole message for its context.
 */
export interface Question {
  readonly text: string
  readonly options: readonly string[]
  readonly context: string
}

/** A paragraph or one item of a list, as sentences. */
interface Unit {
  readonly isItem: boolean
  /** Characters that stand before it on its line. */
  readonly indent: number
  readonly sentences: readonly string[]
}

/** Of a message: the last words stand at the end, and an agent may write megabytes. */
const MOST_CHARACTERS = 16_000

/** Nobody asks as many: a message of thousands of "Which?" would be kept with as many copies of itself. */
const MOST_QUESTIONS = 50

const ITEM = /^\s*(?:[-*+•]|\(?(?:\d{1,2}|[a-z])[.)])\s+/i

/** Words of a question that has no room to say what it is about. */
const FEW = 12

/** Somebody is asked to tell, without a question mark. "Let me know if you want more" is an offer. */
const REQUEST = new RegExp(
  [
    String.raw`\b(let (me|us) know|(tell|told|advise) (me|us)|(I|we)(['’]d| would| just| still)? (need|like|want|have) to know|please (say|state|specify|clarify|choose|pick|decide))\b[^.;]{0,40}\b(whether|which|who|whom|whose|what|how|where)\b(?! you think)`,
    String.raw`\bplease confirm\b`,
    String.raw`\b(I|we)(['’]d| would)? (need|want|await|appreciate) (a|your|the) (word|decision|call|answer|choice|ruling|confirmation)\b`,
    String.raw`\b(I|we)(['’]d| would)? (need|want|like) (a|an|the|your)\b[^.;]{0,40}\bfrom you\b`,
  ].join('|'),
  'i',
)

/**
 * The questions of a message, the last 50: its interrogative sentences and those that ask to be told, code left out. Items of a list beside a
 * question are its options, unless they are questions themselves; beside an item those that are indented below it. `context` is the question's own
 * paragraph and the one before it, and all that the message states where the question only points.
 */
export function questionsIn(message: string): readonly Question[] {
  const units = unitsOf(message.slice(-MOST_CHARACTERS))
  const statements = units.flatMap(({ sentences }) => sentences.filter((sentence) => !isInterrogative(sentence)))
  const places = units.flatMap((unit, at) => unit.sentences.filter(isInterrogative).map((text) => ({ unit, at, text })))
  return places.slice(-MOST_QUESTIONS).map(({ unit, at, text }): Question => {
    const before = units.slice(0, at).findLast((other) => !other.isItem || !unit.isItem)
    const beside = [...(before?.sentences ?? []), ...unit.sentences].filter((sentence) => sentence !== text)
    const context = points(text) ? new Set([...statements, ...beside]) : beside
    return { text, options: unit.isItem ? optionsBelow(units, at) : optionsBeside(units, at, text), context: [...context].join(' ') }
  })
}

/** The questions of an `ask.md`: the items of its list, or the whole of it. */
export function questionsOfPage(page: string): readonly string[] {
  const listed = page.split('\n').flatMap((line) => /^(?:[-*]|\d+\.)\s+(.+)$/.exec(line)?.[1]?.trim() ?? [])
  return listed.length > 0 ? listed : [page.trim()]
}

function unitsOf(message: string): readonly Unit[] {
  const blocks: { isItem: boolean; indent: number; text: string }[] = []
  let open = false
  for (const line of withoutCode(message).split('\n')) {
    const isItem = ITEM.test(line)
    const last = blocks.at(-1)
    if (line.trim() === '') {
      open = false
    } else if (open && !isItem && last !== undefined) {
      last.text += ` ${line.trim()}`
    } else {
      blocks.push({ isItem, indent: line.search(/\S/), text: line.replace(ITEM, '').trim() })
      open = true
    }
  }
  return blocks.map(({ text, ...place }) => ({ ...place, sentences: sentencesOf(text) }))
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

/** Whether a question can only be understood by what was said beside it: a short one for a choice. "Is that right?" asks for assent, to whatever. */
export function points(text: string): boolean {
  return /\b(which|what|who|whom|whose|how|where|or)\b/i.test(text) && (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).length <= FEW
}

function isInterrogative(sentence: string): boolean {
  return endsInMark(sentence) || REQUEST.test(sentence)
}

function endsInMark(sentence: string): boolean {
  const mark = sentence.lastIndexOf('?')
  return mark !== -1 && /^["'”’)\]*_!]*$/.test(sentence.slice(mark + 1)) && /[\p{L}\p{N}]/u.test(sentence.slice(0, mark))
}

/** The items that follow the question where it ends its paragraph, else those that stand before a paragraph that it begins. */
function optionsBeside(units: readonly Unit[], at: number, text: string): readonly string[] {
  const { sentences } = units[at] ?? { sentences: [] }
  const behind = sentences.at(-1) === text ? takeItems(units.slice(at + 1)) : []
  const options = behind.length > 0 || sentences[0] !== text ? behind : takeItems(units.slice(0, at).toReversed()).toReversed()
  return spoken(options)
}

/** "1. One or many?" with "   - one" and "   - many": without them the first of two numbered questions was never understood. */
function optionsBelow(units: readonly Unit[], at: number): readonly string[] {
  return spoken(takeItems(units.slice(at + 1), units[at]?.indent))
}

function spoken(options: readonly Unit[]): readonly string[] {
  return options.filter(({ sentences }) => !sentences.some(isInterrogative)).map(({ sentences }) => sentences.join(' '))
}

/** The items that `units` begins with, as long as they are indented more than `deeperThan`. */
function takeItems(units: readonly Unit[], deeperThan = -1): readonly Unit[] {
  const end = units.findIndex(({ isItem, indent }) => !isItem || indent <= deeperThan)
  return end === -1 ? units : units.slice(0, end)
}
