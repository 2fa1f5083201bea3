import type { Change } from '../evidence/change.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { matcher } from '../evidence/glob.ts'

/** Where a path lies for a task. The task's own `scope` goes before the fixture's; `frontend` before `backend` and `shared`. */
export type Place = 'inside' | 'frontend' | 'dependency' | 'outside'

/** Sorts paths by the scope of fixture and task. A repository inside the repository lies outside whatever folder it is in. */
export function places(evidence: Evidence): (path: string) => Place {
  const { fixture, task } = evidence
  const isAllowed = matcher(task.scope.allow)
  const isForbidden = matcher(task.scope.forbid)
  const isDependency = matcher(fixture.dependencies)
  const isFrontend = matcher(fixture.frontend)
  const isInside = matcher([...fixture.backend, ...fixture.shared])
  return (path) => {
    if (isDependency(path)) {
      return 'dependency'
    }
    if (path.split('/').includes('.git')) {
      return 'outside'
    }
    if (isForbidden(path)) {
      return isFrontend(path) ? 'frontend' : 'outside'
    }
    if (isAllowed(path)) {
      return 'inside'
    }
    if (isFrontend(path)) {
      return 'frontend'
    }
    return isInside(path) ? 'inside' : 'outside'
  }
}

/** How a path was changed, in one word: its content, its mode, or what kind of thing it is. */
export function howChanged(change: Change): string {
  if (change.kind !== 'modified') {
    return change.kind
  }
  const { base, now } = change
  if (base.type !== now.type) {
    return `now-${now.type}`
  }
  const sameContent = 'digest' in base && 'digest' in now && base.digest === now.digest
  return sameContent ? 'mode' : 'modified'
}
