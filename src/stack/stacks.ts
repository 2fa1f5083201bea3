import { pytest } from './pytest.ts'
import type { Stack } from './stack.ts'
import { vitest } from './vitest.ts'

/** Every stack, by the name that a fixture's manifest gives. */
const stacks = { pytest, vitest } as const satisfies Readonly<Record<string, Stack>>

export const stackNames: readonly string[] = Object.keys(stacks)

/** The stack of that name, or null: an unknown name in a manifest is the manifest's problem. */
export function stackNamed(name: string): Stack | null {
  return Object.entries(stacks).find(([known]) => known === name)?.[1] ?? null
}
