export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

/** Puts a style on text that is already safe to print. */
export type Paint = (style: Style, text: string) => string

/** Text as it is: for files, pipes and terminals without colours. */
export const plain: Paint = (_style, text) => text

/** ANSI (ECMA-48) graphic renditions. */
export const coloured: Paint = (style, text) => {
  const [on, off] = renditions[style]
  return `\u{1b}[${on}m${text}\u{1b}[${off}m`
}

const renditions = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const satisfies Record<
  Style,
  readonly [number, number]
>
