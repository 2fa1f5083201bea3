import type { DocumentReading } from './yaml-document.ts'
import { readYaml } from './yaml-document.ts'

/** Strict JSON with the place of each part. */
export function readJson(text: string, file: string): DocumentReading {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { kind: 'bad', problems: [{ file, line: lineOf(text, message), message: `is not JSON: ${message}` }] }
  }
  // JSON is YAML too, and only the YAML reader knows where each part stands; it also finds duplicate keys.
  const positions = readYaml(text, file)
  return positions.kind === 'bad' ? positions : { ...positions, data }
}

function lineOf(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined ? 1 : text.slice(0, Number(position)).split('\n').length
}
