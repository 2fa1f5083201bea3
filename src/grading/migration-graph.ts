import { homeOf } from './migration-files.ts'

/** One step of a migration history in Python: Django's, whose names are those of files, or Alembic's, which name themselves. */
export interface MigrationStep {
  readonly path: string
  readonly name: string
  /** Steps of the same history that it follows. */
  readonly follows: readonly string[]
  /** What it follows is told by the name of its own application, which may be another than its folder's. */
  readonly certain: boolean
  /** It stands for several others, so what it follows cannot be told by names. */
  readonly squashes: boolean
}

/** Reads a step from its text; null where it is none. */
export function readStep(path: string, text: string): MigrationStep | null {
  if (!path.endsWith('.py')) {
    return null
  }
  const revision = /^revision\b[^=\n]*=\s*["']([^"']+)["']/m.exec(text)?.[1]
  if (revision !== undefined) {
    const [, down = ''] = /^down_revision\b[^=\n]*=\s*(\([^)]*\)|\[[^\]]*\]|.*)$/m.exec(text) ?? []
    return { path, name: revision, follows: quoted(down), certain: true, squashes: false }
  }
  const [, list] = /^ {4}dependencies\b[^=\n]*=\s*\[([\s\S]*?)\]/m.exec(text) ?? []
  if (list === undefined) {
    return null
  }
  const { app } = homeOf(path)
  const pairs = [...list.matchAll(/\(\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']\s*,?\s*\)/g)]
  const own = pairs.filter(([, label]) => label === app)
  return {
    path,
    name: path.replace(/^.*\//, '').replace(/\.py$/, ''),
    follows: (own.length > 0 ? own : pairs).map(([, , name = '']) => name),
    certain: own.length > 0,
    squashes: /^ {4}replaces\b[^=\n]*=/m.test(text),
  }
}

function quoted(text: string): readonly string[] {
  return [...text.matchAll(/["']([^"']+)["']/g)].map(([, name = '']) => name)
}

/**
 * What is wrong with the steps of one history that were added to those of the base: a second end, a number that was taken, a step that follows one which is
 * not there. Nothing where the base's steps are not known, or were in disorder before.
 */
export function conflictsOf(
  base: readonly MigrationStep[],
  all: readonly MigrationStep[],
): readonly { readonly path: string; readonly what: string }[] {
  const added = all.filter(({ path }) => !base.some((step) => step.path === path))
  if (all.some(({ squashes }) => squashes) || endsOf(base).length > 1) {
    return []
  }
  const names = new Set(all.map(({ name }) => name))
  const ends = endsOf(all)
  return added.flatMap((step): readonly { readonly path: string; readonly what: string }[] => {
    const { path, name, follows, certain } = step
    const lost = base.length === 0 || !certain ? undefined : follows.find((one) => !names.has(one))
    if (lost !== undefined) {
      return [{ path, what: `it follows ${lost}, which is not there` }]
    }
    if (ends.length > 1 && ends.includes(step)) {
      const others = ends.filter((end) => end !== step).map((end) => end.name)
      return [{ path, what: `${others.join(', ')} is an end of the history too` }]
    }
    const number = /^\d+(?=_)/.exec(name)?.[0]
    const twin = number === undefined ? undefined : base.find((one) => one.name.startsWith(`${number}_`))
    return twin === undefined ? [] : [{ path, what: `its number is that of ${twin.name}` }]
  })
}

function endsOf(steps: readonly MigrationStep[]): readonly MigrationStep[] {
  const followed = new Set(steps.flatMap(({ follows }) => follows))
  return steps.filter(({ name }) => !followed.has(name))
}
