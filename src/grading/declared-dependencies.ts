import { tomlStatements } from '../evidence/toml-table.ts'

const MANIFEST = /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|requirements\/[^/]+\.(?:txt|in)|pyproject\.toml|package\.json|go\.mod|Pipfile)$/

/** Whether a path is a manifest in which a project declares its dependencies. */
export function isManifest(path: string): boolean {
  return MANIFEST.test(path)
}

/** Names of the dependencies that a manifest declares, in lower case; null where its text cannot be read. */
export function declaredDependencies(path: string, text: string): readonly string[] | null {
  if (path.endsWith('.json')) {
    return inPackageJson(text)
  }
  if (path.endsWith('.mod')) {
    return [...text.matchAll(/^(?:require\s+|\s+)([\w.-]+\.[\w.-]+\/\S+)\s+v\d/gm)].map(([, name]) => (name ?? '').toLowerCase())
  }
  if (path.endsWith('.txt') || path.endsWith('.in')) {
    return text.split('\n').flatMap(requirement)
  }
  return inToml(text)
}

function requirement(line: string): readonly string[] {
  const name = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?(?:[=<>!~@;#\\]|$)/.exec(line)?.[1]
  return name === undefined ? [] : [name.toLowerCase().replaceAll(/[_.]/g, '-')]
}

function inPackageJson(text: string): readonly string[] | null {
  try {
    const read: unknown = JSON.parse(text)
    const tables = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    return typeof read === 'object' && read !== null
      ? Object.entries(read).flatMap(([key, table]) => (tables.includes(key) && isTable(table) ? Object.keys(table) : []))
      : null
  } catch {
    return null
  }
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** pyproject.toml (PEP 621, dependency groups, Poetry) and Pipfile. */
function inToml(text: string): readonly string[] | null {
  const statements = tomlStatements(text)
  return (
    statements?.flatMap(({ header, key, value }) => {
      const path = [...header, ...key].join('.')
      const isList = /^(?:project\.dependencies|project\.optional-dependencies\.[^.]+|dependency-groups\.[^.]+)$/.test(path)
      if (isList && value !== null) {
        return [...value.matchAll(/["']([^"']+)["']/g)].flatMap(([, one]) => requirement(one ?? ''))
      }
      const named = /^(?:tool\.poetry\.(?:group\.[^.]+\.)?(?:dev-)?dependencies|packages|dev-packages)\.([^.]+)/.exec(path)?.[1]
      return named === undefined || named === 'python' ? [] : [named.toLowerCase().replaceAll(/[_.]/g, '-')]
    }) ?? null
  )
}
