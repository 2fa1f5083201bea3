import type { Summary } from './summary.ts'

/** The summary as JSON for programs, ending in a line break. Texts of agents are as they were, but no character that a terminal obeys. */
export function renderJson(summary: Summary): string {
  return `${safeJson(summary, 2)}\n`
}

/** JSON, with `indent` blanks a level, that a terminal cannot be made to obey; it means the same. */
export function safeJson(value: unknown, indent = 0): string {
  // JSON escapes C0 controls itself, and leaves DEL, C1 controls and the direction marks as they are.
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapedUnits)
}

function escapedUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')
}
