/** An agent that breaks exactly one rule. */
export type Violator = { readonly kind: 'scripted' } | { readonly kind: 'none'; readonly why: string }

export function violatorOf(_rule: string): Violator {
  return { kind: 'scripted' }
}
