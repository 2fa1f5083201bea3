import { hash } from 'node:crypto'
import type { Canaries, Guard, Stack } from './stack.ts'
import { readVitestReport } from './vitest-report.ts'
import { readVitestTests } from './vitest-tests.ts'

const CODE = '{ts,tsx,mts,cts,js,jsx,mjs,cjs}'

/**
 * vitest (versions 3 to 5), through the fixture's documented command, which must hand its arguments to vitest, take paths relative to the
 * repository's root and collect `*.test.ts` files. Ids are those of `readVitestReport`.
 */
export const vitest = {
  name: 'vitest',
  suiteCommand: (command, request) => ({
    // Arguments stand behind a script of their own, so no name of a test is ever read by the shell.
    argv: ['sh', '-c', `${throughNpm(command)} "$@"`, 'sh', ...options(request.reportPath), ...selection(request)],
    env: { NO_COLOR: '1', npm_config_update_notifier: 'false' },
  }),
  canaries,
  guard,
  readReport: readVitestReport,
  // vitest knows two codes of its own: failed tests, errors outside tests, a broken configuration and a misspelt option are all 1.
  exitMeans: (exitCode) => {
    if (exitCode === 0) {
      return 'green'
    }
    return exitCode === 1 ? 'red' : 'broken'
  },
  argumentFor: (id, files) => (files.some((path) => id.startsWith(`${path}::`)) ? id : null),
  readTests: readVitestTests,
  litter: [
    '**/.vite/**',
    '**/.vite-temp/**',
    '**/.vitest/**',
    '**/.vitest-cache/**',
    '**/node_modules/.cache/**',
    '**/.vitest-attachments/**',
    '**/*.timestamp-*.mjs',
    '**/*.tsbuildinfo',
    '**/.eslintcache',
    'coverage/**',
    '**/*.sqlite3',
    '**/*.sqlite3-journal',
    '**/*.sqlite3-wal',
    '**/*.sqlite3-shm',
  ],
  dependencies: ['**/node_modules/**'],
  testGlobs: [
    '**/test/**',
    '**/tests/**',
    '**/__tests__/**',
    '**/__mocks__/**',
    '**/__snapshots__/**',
    `**/*.{test,spec}.${CODE}`,
    '**/*.snap',
    `**/vitest.*.${CODE}`,
  ],
  testFiles: [`**/*.{test,spec}.${CODE}`],
  // A tsconfig.json and the variables of an .env file are the application's; vitest takes of them what cannot bend a verdict.
  autoloaded: [`**/vitest.*.${CODE}`, '**/vitest.{workspace,projects}.json', `**/vite.config.${CODE}`, '**/__mocks__/**'],
  protected: [
    `**/vitest.*.${CODE}`,
    '**/vitest.{workspace,projects}.json',
    `**/vite.config.${CODE}`,
    '**/__mocks__/**',
    '**/package.json#scripts.test',
    '**/package.json#scripts.pretest',
    '**/package.json#scripts.posttest',
  ],
} as const satisfies Stack

/** Behind `npm run NAME` options would be npm's own; behind `--` they are the script's. */
function throughNpm(command: string): string {
  return /^npm\s/.test(command) && !/\s--(\s|$)/.test(command) ? `${command} --` : command
}

function options(reportPath: string): readonly string[] {
  return [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
    // A configuration that stops at the first failure would stop at a canary.
    '--bail=0',
    '--coverage.enabled=false',
    '--passWithNoTests=false',
  ]
}

/**
 * vitest cannot be told an order. An ordered run takes one worker, and an order of files and of tests that vitest draws from a seed; the seed
 * is made from the order that was asked for, so that each repeat differs from the others and is the same when it is made again.
 */
function selection({ select, ordered }: Parameters<Stack['suiteCommand']>[1]): readonly string[] {
  const asked = select.map(partsOf)
  const files = [...new Set(asked.map(({ file }) => plainArgument(file)))]
  const names = asked.flatMap(({ name }) => (name === null ? [] : [name]))
  const seed = Number.parseInt(hash('sha256', select.join('\n')).slice(0, 7), 16)
  const order = ['--no-file-parallelism', '--sequence.shuffle.files', '--sequence.shuffle.tests', `--sequence.seed=${seed}`]
  return [
    ...(ordered ? order : []),
    // One pattern holds for all files: names narrow a run only where nothing is asked for whole.
    ...(names.length > 0 && names.length === asked.length ? [`--testNamePattern=^(?:${names.map(patternOf).join('|')})$`] : []),
    ...files,
  ]
}

function partsOf(argument: string): { readonly file: string; readonly name: string | null } {
  const at = argument.indexOf('::')
  return at === -1 ? { file: argument, name: null } : { file: argument.slice(0, at), name: argument.slice(at + 2) }
}

/** vitest matches names whose groups are joined by a blank. The number behind the name of a twin is ours: both twins are taken. */
function patternOf(name: string): string {
  const [, title = name, twin = ''] = /^(.*?)( #\d+)?$/s.exec(name) ?? []
  const escaped = title.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' > ', '(?: > | )')
  return twin === '' ? escaped : `${escaped}(?:${twin})?`
}

/** A file whose name begins with `-` would be read as an option. */
function plainArgument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}

/** Imports are hoisted, so they may stand at the end; the random name keeps them apart from the file's own. */
function guard(path: string, source: string, name: string): Guard {
  const content = `${source}
;import { expect as expect_${name}, test as test_${name} } from 'vitest'
test_${name}('${name}', () => {
  expect_${name}('${name}').toBe('')
})
`
  return { content, id: `${path}::${name}` }
}

/** A hook that throws behind the last test is reported as the file's failure, not as a test's: the file is the id of the second canary. */
function canaries(nonce: string, folder: string): Canaries {
  const half = Math.ceil(nonce.length / 2)
  const [stem, name] = [nonce.slice(0, half), nonce.slice(half)]
  const path = `${folder}/${stem}.test.ts`
  return {
    path,
    content: `import { afterAll, expect, test } from 'vitest'

afterAll(() => {
  throw new Error('${name}')
})

test('${name}', () => {
  expect('${name}').toBe('')
})
`,
    select: [`${path}::${name}`],
    mustFail: `${path}::${name}`,
    mustError: path,
  }
}
