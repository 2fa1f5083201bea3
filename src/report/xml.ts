import { legible } from './escape.ts'

/** One XML element, written out: its attributes in the order given (null: none), then its children, which are elements already written. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${attributeText(String(value))}"`],
  )
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`
}

/** Text of unknown origin as the content of an element. What XML 1.0 (section 2.2) has no character for is shown as `\u{…}`; `>` is escaped too, since `]]>` may not stand in text. */
export function xmlText(text: string): string {
  return legible(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** In an attribute a parser makes a blank of each line break and tab that is not escaped. */
function attributeText(text: string): string {
  return xmlText(text).replace(/[\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
}
