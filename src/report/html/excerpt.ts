import { legible } from '../escape.ts'

/** Text of unknown origin, cut to a length: `left` characters stood between `head` and `tail`. */
export interface Excerpt {
  readonly head: string
  readonly left: number
  readonly tail: string
}

/** At most about `most` characters of a text, more of its beginning than of its end. Only what is kept is looked at closely: a line may have a million characters. */
export function excerptOf(text: string, most: number): Excerpt {
  return text.length <= most ? { head: legible(text), left: 0, tail: '' } : parted(text, text, 0, most)
}

/** The same excerpt, shorter. */
export function shorter(excerpt: Excerpt, most: number): Excerpt {
  const { head, left, tail } = excerpt
  if (head.length + tail.length <= most) {
    return excerpt
  }
  return left === 0 ? parted(head, head, 0, most) : parted(head, tail, left + head.length + tail.length, most)
}

/** `whole` is the length of both with what stood between them; 0 where they are one text. */
function parted(first: string, last: string, whole: number, most: number): Excerpt {
  const head = first.slice(0, Math.ceil(most * 0.6))
  const tail = last.slice(Math.max(0, last.length - Math.floor(most * 0.4)))
  const all = whole === 0 ? first.length : whole
  return { head: legible(head), left: all - head.length - tail.length, tail: legible(tail) }
}
