// Control characters, what changes the direction of text, line and paragraph separators, lone surrogates, and characters without a width:
// with them a path can rewrite a terminal's lines, or look like another path.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\u034F|\u115F|\u1160|\u3164|\uFFA0/gu

/** Text of unknown origin as one line that is safe to print: whatever cannot be seen is shown as `\n`, `\t` or `\u{…}`. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    if (character === '\n' || character === '\t') {
      return character === '\n' ? '\\n' : '\\t'
    }
    return `\\u{${character.codePointAt(0)?.toString(16)}}`
  })
}

const ESCAPE = '\u{1b}'
// ECMA-48, select graphic rendition.
const colours = new RegExp(`${ESCAPE}\\[[\\d;:]*m`, 'gu')

/** Text of unknown origin over several lines, safe to show: colours of terminals are dropped, line breaks and tabs kept, all else that cannot be seen is shown as `\u{…}`. */
export function legible(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(colours, '')
    .replace(unprintable, (character) =>
      character === '\n' || character === '\t' ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
    )
}

/** Text of unknown origin as it reads in Markdown, also inside a table: no markup, no HTML, and nobody is mentioned and nothing linked on GitHub. */
export function markdownText(text: string): string {
  return (
    printable(text)
      .replace(/[\\`*_[\]<>#!|~&$]/g, '\\$&')
      // Mentions, references and links are found after the escapes are gone, so only a character in between stops them.
      .replace(/@(?=\w)/g, '@\u{2060}')
      .replace(/#(?=\w)/g, '#\u{2060}')
      .replace(/(?<=\bwww)(?=\.)|(?<=\b(?:https?|ftp))(?=:)/gi, '\u{2060}')
  )
}

/** Text of unknown origin inside a code span, also in a table. */
export function markdownCode(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|')
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 && shown !== '' ? `\`${shown}\`` : `${fence} ${shown} ${fence}`
}

/** Text with at most `most` characters; what is left out is shown as `…`. */
export function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}
