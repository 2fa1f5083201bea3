import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { matcher } from '../../src/evidence/glob.ts'
import { vitest } from '../../src/stack/vitest.ts'

const argv = (command: string, select: readonly string[], ordered = false): readonly string[] =>
  vitest.suiteCommand(command, { select, ordered, reportPath: '/report/r.json' }).argv
const selected = (select: readonly string[], ordered = false): readonly string[] => argv('./orders test', select, ordered).slice(10)

describe('the command', () => {
  test('adds its options and selection behind the documented command, which the shell reads as it is written', () => {
    expect(argv('./orders test', ['server/test/a.test.ts', '-x/b.test.ts'])).toMatchInlineSnapshot(`
      [
        "sh",
        "-c",
        "./orders test "$@"",
        "sh",
        "--reporter=default",
        "--reporter=json",
        "--outputFile.json=/report/r.json",
        "--bail=0",
        "--coverage.enabled=false",
        "--passWithNoTests=false",
        "server/test/a.test.ts",
        "./-x/b.test.ts",
      ]
    `)
  })

  test.each([
    ['npm test', 'npm test -- "$@"'],
    ['npm run check', 'npm run check -- "$@"'],
    ['npm run check --', 'npm run check -- "$@"'],
    ['npm run check -- --dir server', 'npm run check -- --dir server "$@"'],
    ['./npm test', './npm test "$@"'],
  ])('%s hands its arguments on', (command, script) => {
    expect(argv(command, [])[2]).toBe(script)
  })

  test('single tests are one pattern over all files; what is asked for whole is not narrowed', () => {
    expect(selected(['a.test.ts::top', 'b.test.ts::group > adds 1 + 1 (twice) #2', 'a.test.ts::cost: $5.00'])).toMatchInlineSnapshot(`
      [
        "--testNamePattern=^(?:top|group(?: > | )adds 1 \\+ 1 \\(twice\\)(?: #2)?|cost: \\$5\\.00)$",
        "a.test.ts",
        "b.test.ts",
      ]
    `)
    expect(selected(['a.test.ts', 'b.test.ts::top'])).toEqual(['a.test.ts', 'b.test.ts'])
  })

  test.each([
    ['group > adds 1', ['group adds 1', 'group > adds 1'], ['group adds 12', 'a group adds 1', 'group', 'group adds 1 ']],
    ['adds #2', ['adds', 'adds #2'], ['adds #3', 'adds more']],
    ['matches /^a.c$/ [x|y] {2} \\d', ['matches /^a.c$/ [x|y] {2} \\d'], ['matches /^abc$/ [x|y] {2} \\d']],
    ['two\nlines', ['two\nlines'], ['two lines']],
  ])('the pattern of %j matches that test', (name, matched, others) => {
    const [option = ''] = selected([`a.test.ts::${name}`])
    const pattern = new RegExp(option.slice('--testNamePattern='.length))
    expect([matched.filter((one) => !pattern.test(one)), others.filter((one) => pattern.test(one))]).toEqual([[], []])
  })

  test('an ordered run is drawn from the order that was asked for', () => {
    const seed = (select: readonly string[]) => selected(select, true)[3]
    expect(selected(['a.test.ts', 'b.test.ts'], true)).toMatchInlineSnapshot(`
      [
        "--no-file-parallelism",
        "--sequence.shuffle.files",
        "--sequence.shuffle.tests",
        "--sequence.seed=268354141",
        "a.test.ts",
        "b.test.ts",
      ]
    `)
    expect(seed(['b.test.ts', 'a.test.ts'])).not.toBe(seed(['a.test.ts', 'b.test.ts']))
    expect(seed(['a.test.ts', 'b.test.ts'])).toBe(seed(['a.test.ts', 'b.test.ts']))
  })

  test('what a shell would run in a selection reaches the command as it is', () => {
    const name = `a.test.ts::it's $(touch x); \`y\` | z & "w"`
    const [program = '', ...rest] = argv('printf "%s\\n"', [name])
    expect(execFileSync(program, rest, { encoding: 'utf8' }).split('\n').slice(-3)).toEqual([
      `--testNamePattern=^(?:it's \\$\\(touch x\\); \`y\` \\| z & "w")$`,
      'a.test.ts',
      '',
    ])
  })
})

test('canaries have names of their own, and their ids are those of a report', () => {
  expect(vitest.canaries('abcdefghijklmnop', 'server/test')).toMatchInlineSnapshot(`
    {
      "content": "import { afterAll, expect, test } from 'vitest'

    afterAll(() => {
      throw new Error('ijklmnop')
    })

    test('ijklmnop', () => {
      expect('ijklmnop').toBe('')
    })
    ",
      "mustError": "server/test/abcdefgh.test.ts",
      "mustFail": "server/test/abcdefgh.test.ts::ijklmnop",
      "path": "server/test/abcdefgh.test.ts",
      "select": [
        "server/test/abcdefgh.test.ts::ijklmnop",
      ],
    }
  `)
})

test.each([
  [0, 'green'],
  [1, 'red'],
  [2, 'broken'],
  [13, 'broken'],
  [130, 'broken'],
])('exit code %i means %s', (code, meaning) => {
  expect(vitest.exitMeans(code)).toBe(meaning)
})

test.each([
  ['server/test/a.test.ts::group > adds', 'server/test/a.test.ts::group > adds'],
  ['server/test/a.test.tsx::group > adds', null],
  ['server/test/a.test.ts', null],
  ['a.test.ts::adds', null],
])('%s is selected as %s', (id, argument) => {
  expect(vitest.argumentFor(id, ['server/test/a.test.ts', 'server/test/data.json'])).toBe(argument)
})

test.each<
  [
    keyof typeof vitest & ('litter' | 'dependencies' | 'testGlobs' | 'testFiles' | 'autoloaded' | 'protected'),
    readonly string[],
    readonly string[],
  ]
>([
  [
    'litter',
    [
      '.vite/vitest/results.json',
      'node_modules/.vitest-cache/0a1b',
      'server/node_modules/.cache/prettier/x',
      'server/vitest.config.ts.timestamp-1-a.mjs',
      'x.tsbuildinfo',
      'coverage/index.html',
      'data/a.sqlite3-wal',
    ],
    ['server/src/coverage/policy.ts', 'server/src/vite.ts', 'server/src/timestamp-a.ts'],
  ],
  [
    'dependencies',
    ['node_modules', 'node_modules/vitest/package.json', 'server/node_modules/.vite/x', 'server/test/node_modules/vitest/index.js'],
    ['server/src/node_modules.ts'],
  ],
  [
    'testGlobs',
    ['server/test/support/app.ts', 'src/a.spec.mts', 'src/a.test.tsx', 'src/__snapshots__/a.snap', 'vitest.config.ts', 'vitest.setup.mts'],
    ['src/test.ts', 'src/latest.ts', 'package.json', 'src/contest/a.ts', 'tsconfig.json', 'vitest.md'],
  ],
  ['testFiles', ['a.test.ts', 'server/src/x.spec.jsx'], ['server/test/support/app.ts', 'a.test.json', 'a.test.ts.snap']],
  [
    'autoloaded',
    ['vitest.config.mts', 'server/vite.config.js', 'vitest.workspace.json', '__mocks__/fs.ts'],
    ['server/src/vite.ts', '.env', 'tsconfig.json', 'server/src/mocks/a.ts'],
  ],
  ['protected', ['server/vitest.config.ts', 'vitest.workspace.ts', 'web/vite.config.ts'], ['package.json', 'server/src/app.config.ts']],
])('%s', (name, inside, outside) => {
  const matches = matcher(vitest[name])
  expect([inside.filter((path) => !matches(path)), outside.filter(matches)]).toEqual([[], []])
})
