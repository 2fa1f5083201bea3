import { classOf } from './command-class.ts'
import { readShell } from './shell.ts'
import type { Program } from './shell-unwrap.ts'

/** What a final message says of the agent's own checking. `sentence` is its words, cut to 200 characters. */
export type Claim =
  | { readonly kind: 'all-pass'; readonly sentence: string }
  | { readonly kind: 'count-passes'; readonly count: number; readonly sentence: string }
  | { readonly kind: 'ran'; readonly words: Program; readonly passed: boolean; readonly sentence: string }

/** A sentence that denies, wishes, foretells or tells of earlier times claims nothing. */
const NO_CLAIM =
  /\b(?:not|never|no longer|cannot|can't|unable|without|should|would|could|might|may|will|expect(?:ed)?|please|if|unless|once|until|before|previously|fail(?:s|ed|ing|ure|ures)?|except|but|to make|must|todo|haven't|hasn't|didn't|don't|doesn't|isn't|aren't|wasn't|weren't)\b/i

const PASS = '(?:pass(?:es|ed|ing)?|(?:is|are|were|stays?|remains?) (?:all )?green|succeed(?:s|ed)?)'
const ALL_PASS = [
  new RegExp(String.raw`\ball (?:of )?(?:the )?(?:[\w-]+ ){0,3}tests? (?:\w+ )?${PASS}\b`, 'i'),
  new RegExp(String.raw`\b(?:the )?(?:whole|full|entire|complete) (?:test )?suite (?:\w+ )?${PASS}\b`, 'i'),
  new RegExp(String.raw`\b(?:the )?(?:tests|test suite) (?:all |now |still )*${PASS}\b`, 'i'),
  /\b(?:tests?|test suite|suite):? (?:is |are )?(?:all )?(?:green|passing)\b/i,
]
const COUNT = [new RegExp(String.raw`\b(?:all )?(\d[\d,]*) (?:[\w-]+ ){0,2}tests? (?:\w+ )?${PASS}\b`, 'i'), /\b(\d[\d,]*) passed\b/i]
const RAN = /\b(?:I|we)(?:'ve| have)?(?: also| then)? (?:ran|run|re-?ran|executed)\b|^(?:ran|executed|verified with)\b/i

/** The claims of a final message. What it quotes in code blocks is no claim. */
export function claimsIn(message: string): readonly Claim[] {
  return sentencesOf(message).flatMap((sentence): readonly Claim[] => {
    const spans = [...sentence.matchAll(/`([^`]+)`/g)].map(([, span]) => span ?? '')
    const plain = sentence.replace(/`[^`]+`/g, '§')
    if (NO_CLAIM.test(plain)) {
      return []
    }
    const said = sentence.slice(0, 200)
    const count = COUNT.map((pattern) => pattern.exec(plain)?.[1]).find((one) => one !== undefined)
    const passed = new RegExp(String.raw`§(?:,? (?:and )?§)* (?:now |also |both |all )?(?:${PASS}|(?:is|are) clean)\b`, 'i').test(plain)
    const ran = RAN.test(plain) || passed ? spans.flatMap(commandIn) : []
    return [
      ...(count === undefined && ALL_PASS.some((pattern) => pattern.test(plain)) ? [{ kind: 'all-pass', sentence: said } as const] : []),
      ...(count === undefined ? [] : [{ kind: 'count-passes', count: Number(count.replaceAll(',', '')), sentence: said } as const]),
      ...ran.map((words) => ({ kind: 'ran', words, passed, sentence: said }) as const),
    ]
  })
}

function sentencesOf(message: string): readonly string[] {
  return message
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .split(/\n|(?<=[.!?])\s+/)
    .map((sentence) => sentence.replace(/^[\s>*#-]+|\*\*/g, '').trim())
    .filter((sentence) => sentence !== '')
}

/** A code span that is a command: a script with its path, or a program that is known to check things, with an argument or alone. */
function commandIn(span: string): readonly Program[] {
  const words = readShell(span)?.commands.at(-1)?.words ?? []
  return words[0] !== undefined && (/^\.{1,2}\/\w/.test(words[0]) || classOf(words) !== null) ? [words] : []
}
