/** Whether a link at `path` (relative to the repository's root) with that target text leads out of the repository, or into its `.git`. */
export function pointsOutside(path: string, target: string): boolean {
  if (target.startsWith('/')) {
    return true
  }
  const parts = path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..' && parts.pop() === undefined) {
      return true
    }
    if (part !== '' && part !== '.' && part !== '..') {
      parts.push(part)
    }
  }
  return parts.includes('.git')
}
