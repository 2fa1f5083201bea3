/** The code in the `<script>` blocks of a Vue file: all else is blanks, so offsets and lines are those of the file. */
export interface VueScript {
  readonly language: 'typescript' | 'tsx' | 'javascript'
  readonly text: string
}

/** Takes the scripts out of a Vue file. One without a script is empty JavaScript. */
export function vueScript(source: string): VueScript {
  const blocks = [...source.matchAll(/(<script\b([^>]*)>)([\s\S]*?)<\/script\s*>/gi)]
  let text = ''
  for (const { index, 1: opening = '', 3: code = '' } of blocks) {
    const from = index + opening.length
    text += blank(source.slice(text.length, from)) + code
  }
  const attributes = blocks.map((block) => block[2] ?? '').join(' ')
  const lang = /\blang\s*=\s*["']?(\w+)/.exec(attributes)?.[1] ?? 'js'
  return { language: lang === 'tsx' ? 'tsx' : lang === 'ts' ? 'typescript' : 'javascript', text: text + blank(source.slice(text.length)) }
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ')
}
