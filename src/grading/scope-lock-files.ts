import type { Change } from '../evidence/change.ts'
import { matcher } from '../evidence/glob.ts'
import { agentChanges } from './agent-changes.ts'
import { failIfAny, NA } from './judgement.ts'
import { howChanged } from './place.ts'
import type { GradingView, Rule } from './rule.ts'

const LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'poetry.lock',
  'Pipfile.lock',
  'uv.lock',
  'pdm.lock',
  'pylock.toml',
  'go.sum',
  'Cargo.lock',
  'Gemfile.lock',
  'composer.lock',
]

/** What is installed is decided in lock files. Pip's requirements are one where they carry hashes. */
export const scopeLockFiles: Rule = {
  id: 'scope/lock-files',
  version: 1,
  measures: 'Lock files of dependencies are left as they are, unless the task allows or names them.',
  agentRules: ['S1'],
  rests: ['tree'],
  severity: 'warn',
  kinds: ['feature', 'bugfix', 'plan', 'tests', 'clarify', 'impossible'],
  gate: null,
  judge: (view) => {
    const { task, fixture } = view.evidence
    const changes = agentChanges(view.evidence)
    if (changes.length === 0) {
      return NA
    }
    const isLock = matcher(LOCKS.map((name) => `**/${name}`))
    const isAllowed = matcher([...task.scope.allow, ...task.mayChange])
    const isDependency = matcher(fixture.dependencies)
    const instruction = view.text(task.instruction) ?? ''
    return failIfAny(
      changes
        .filter(({ path }) => !isAllowed(path) && !isDependency(path) && !instruction.includes(path.slice(path.lastIndexOf('/') + 1)))
        .filter((change) => isLock(change.path) || (/\.txt$/.test(change.path) && hasHashes(view, change)))
        .map((change) => ({ code: 'LOCK_FILE_CHANGED', path: change.path, args: { how: howChanged(change) } })),
    )
  },
}

function hasHashes(view: GradingView, change: Change): boolean {
  const sides = [change.kind === 'added' ? null : change.base, change.kind === 'deleted' ? null : change.now]
  return sides.some((side) => side?.type === 'file' && (view.text(side.digest) ?? '').includes('--hash=sha256:'))
}
