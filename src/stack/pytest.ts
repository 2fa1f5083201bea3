import { readJunit } from '../evidence/junit.ts'
import { readPythonTests } from './python-tests.ts'
import type { Canaries, Stack } from './stack.ts'

/**
 * pytest, through the fixture's documented command. A test's id is the `classname::name` of its JUnit report, which begins with the path of
 * its file (`/` as `.`, without `.py`) relative to pytest's root: the fixture's command must make that the repository's root.
 */
export const pytest = {
  name: 'pytest',
  suiteCommand: (command, request) => ({
    // Arguments stand behind a script of their own, so no name of a test is ever read by the shell.
    argv: ['sh', '-c', `${command} "$@"`, 'sh', ...options(request.reportPath), ...request.select.map(plainArgument)],
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
  }),
  canaries,
  guard: null,
  readReport: readJunit,
  exitMeans: (exitCode) => {
    if (exitCode === 0) {
      return 'green'
    }
    if (exitCode === 1) {
      return 'red'
    }
    return exitCode === 5 ? 'none-collected' : 'broken'
  },
  argumentFor: (id, files) => {
    const [file] = files
      .filter((path) => path.endsWith('.py') && (id.startsWith(`${moduleOf(path)}::`) || id.startsWith(`${moduleOf(path)}.`)))
      .toSorted((one, other) => other.length - one.length)
    if (file === undefined) {
      return null
    }
    // A parameter may hold `::` and dots; class names may not, so the first `::` ends them.
    const rest = id.slice(moduleOf(file).length)
    const end = rest.indexOf('::')
    const classes = rest
      .slice(1, Math.max(end, 1))
      .split('.')
      .filter((name) => name !== '')
    const name = rest.slice(end + 2)
    return end === -1 || /#x[0-9A-F]{2}/.test(name) ? null : [file, ...classes, name].join('::')
  },
  readTests: (_path, source) => readPythonTests(source),
  litter: [
    '**/__pycache__/**',
    '**/*.pyc',
    '**/*.pyo',
    '**/.pytest_cache/**',
    '**/.ruff_cache/**',
    '**/.mypy_cache/**',
    '**/.coverage',
    '**/*.sqlite3',
    '**/*.sqlite3-journal',
    '**/*.sqlite3-wal',
    '**/*.sqlite3-shm',
  ],
  dependencies: ['.venv/**'],
  testGlobs: ['**/tests/**', '**/test_*.py', '**/*_test.py', '**/conftest.py', '**/pytest.ini', '**/.pytest.ini', '**/tox.ini'],
  testFiles: ['**/test_*.py', '**/*_test.py'],
  autoloaded: [
    '**/conftest.py',
    '**/sitecustomize.py',
    '**/usercustomize.py',
    '**/*.pth',
    '**/pytest.ini',
    '**/.pytest.ini',
    '**/tox.ini',
    '**/setup.cfg',
    '**/*.egg-info/**',
    '**/*.dist-info/**',
    // A module of the runner's own name beside the application would be imported in its place.
    '**/pytest.py',
    '**/pytest/**',
    '**/_pytest/**',
    '**/pluggy/**',
    '**/pytest_*/**',
    '**/pytest_*.py',
  ],
  protected: [
    '**/pyproject.toml#tool.pytest',
    '**/setup.cfg#tool:pytest',
    '**/pytest.ini',
    '**/.pytest.ini',
    '**/tox.ini',
    '**/conftest.py',
  ],
} as const satisfies Stack

function options(reportPath: string): readonly string[] {
  return [
    '-p',
    'no:cacheprovider',
    // Without it one module that cannot be imported makes all other tests vanish from the report.
    '--continue-on-collection-errors',
    '-o',
    'junit_family=xunit2',
    '--color=no',
    `--junitxml=${reportPath}`,
  ]
}

/** A file whose name begins with `-` would be read as an option, one with `@` as a file of arguments. */
function plainArgument(path: string): string {
  return /^[-@]/.test(path) ? `./${path}` : path
}

/** Written without `import pytest`, so that nothing of the repository's can come between: teardown methods are pytest's own. */
function canaries(nonce: string, folder: string): Canaries {
  const half = Math.ceil(nonce.length / 2)
  const [file, name] = [`test_${nonce.slice(0, half)}`, nonce.slice(half)]
  const module = moduleOf(`${folder}/${file}.py`)
  return {
    path: `${folder}/${file}.py`,
    content: `def test_${name}():
    raise AssertionError("${name}")


class Test${name.toUpperCase()}:
    def teardown_method(self):
        raise RuntimeError("${name}")

    def test_${name}(self):
        pass
`,
    select: [`${folder}/${file}.py`],
    mustFail: `${module}::test_${name}`,
    mustError: `${module}.Test${name.toUpperCase()}::test_${name}`,
  }
}

function moduleOf(path: string): string {
  return path.replace(/\.py$/, '').replaceAll('/', '.')
}
