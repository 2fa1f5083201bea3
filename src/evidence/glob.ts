import picomatch from 'picomatch'

/** Whether a path is matched by one of `globs` (picomatch, dot files included). An empty list matches nothing. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) {
    return () => false
  }
  return picomatch([...globs], { dot: true })
}
