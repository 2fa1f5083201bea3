/**
 * Whether a pattern of `measures` names a test: `*` stands for any text, all else for itself, and the whole id must fit, or the whole of what stands
 * behind its first `::`.
 */
export function matchesTest(pattern: string, id: string): boolean {
  const wanted = new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`, 's')
  const name = id.indexOf('::')
  return wanted.test(id) || (name !== -1 && wanted.test(id.slice(name + 2)))
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&')
}
