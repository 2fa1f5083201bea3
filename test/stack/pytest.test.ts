import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { matcher } from '../../src/evidence/glob.ts'
import { pytest } from '../../src/stack/pytest.ts'
import { stackNamed, stackNames } from '../../src/stack/stacks.ts'

describe('the command', () => {
  test('adds its options and selection behind the documented command, which the shell reads as it is written', () => {
    expect(
      pytest.suiteCommand('./dev test', { select: ['tests/test_a.py'], ordered: false, reportPath: '/report/r.xml' }),
    ).toMatchInlineSnapshot(`
      {
        "argv": [
          "sh",
          "-c",
          "./dev test "$@"",
          "sh",
          "-p",
          "no:cacheprovider",
          "--continue-on-collection-errors",
          "-o",
          "junit_family=xunit2",
          "--color=no",
          "--junitxml=/report/r.xml",
          "tests/test_a.py",
        ],
        "env": {
          "PYTHONDONTWRITEBYTECODE": "1",
          "PYTHONHASHSEED": "0",
        },
      }
    `)
  })

  test.each([
    ['blanks and quotes', `tests/test_a.py::test_x[a 'b' "c"]`],
    ['what a shell would run', 'tests/test_a.py::test_x[$(touch x); `y` | z & *]'],
    ['what looks like an option', '-p evil/test_x.py', './-p evil/test_x.py'],
    ['what looks like a file of arguments', '@a/test_x.py', './@a/test_x.py'],
  ])('%s in a selection reach the command as one argument', (_, id, seen = id) => {
    const { argv } = pytest.suiteCommand('X=1 printf "%s\\n"', { select: [id, 'last'], ordered: true, reportPath: '/r.xml' })
    const [program, ...rest] = argv
    expect(execFileSync(program, rest, { encoding: 'utf8' }).split('\n').slice(-3)).toEqual([seen, 'last', ''])
  })
})

test('canaries have names of their own, and their ids are those of a report', () => {
  expect(pytest.canaries('abcdefghijklmnop', 'backend/core/tests')).toMatchInlineSnapshot(`
    {
      "content": "def test_ijklmnop():
        raise AssertionError("ijklmnop")


    class TestIJKLMNOP:
        def teardown_method(self):
            raise RuntimeError("ijklmnop")

        def test_ijklmnop(self):
            pass
    ",
      "mustError": "backend.core.tests.test_abcdefgh.TestIJKLMNOP::test_ijklmnop",
      "mustFail": "backend.core.tests.test_abcdefgh::test_ijklmnop",
      "path": "backend/core/tests/test_abcdefgh.py",
      "select": [
        "backend/core/tests/test_abcdefgh.py",
      ],
    }
  `)
})

test.each([
  [0, 'green'],
  [1, 'red'],
  [2, 'broken'],
  [3, 'broken'],
  [4, 'broken'],
  [5, 'none-collected'],
  [137, 'broken'],
])('exit code %i means %s', (code, meaning) => {
  expect(pytest.exitMeans(code)).toBe(meaning)
})

test.each([
  ['a.tests.test_x::test_y', 'a/tests/test_x.py::test_y'],
  ['a.tests.test_x.TestOuter.TestInner::test_y', 'a/tests/test_x.py::TestOuter::TestInner::test_y'],
  ['a.tests.test_x::test_y[b::c.d/e]', 'a/tests/test_x.py::test_y[b::c.d/e]'],
  ['a.tests.test_x_more::test_y', 'a/tests/test_x_more.py::test_y'],
  ['a.tests.test_other::test_y', null],
  ['a.tests.test_x', null],
  ['a.tests.test_x::test_y[#x1B]', null],
])('%s is selected as %s', (id, argument) => {
  expect(pytest.argumentFor(id, ['a/tests/test_x.py', 'a/tests/test_x_more.py', 'a/tests/data.json'])).toBe(argument)
})

test.each<
  [keyof typeof pytest & ('litter' | 'dependencies' | 'testGlobs' | 'testFiles' | 'autoloaded'), readonly string[], readonly string[]]
>([
  ['litter', ['a/__pycache__/b.cpython-311.pyc', '.pytest_cache/v/x', 'db.sqlite3', 'x.pyc'], ['a/b.py', 'a/cache.py']],
  ['dependencies', ['.venv/bin/python', '.venv'], ['backend/venv.py', 'a/.venvs/x']],
  [
    'testGlobs',
    ['a/tests/factories.py', 'tests/test_a.py', 'a/test_b.py', 'a/b_test.py', 'conftest.py', 'pytest.ini'],
    ['a/testing.py', 'a/contests.py', 'pyproject.toml'],
  ],
  ['testFiles', ['a/tests/test_a.py', 'b_test.py'], ['a/tests/factories.py', 'conftest.py']],
  [
    'autoloaded',
    ['a/conftest.py', 'sitecustomize.py', '.venv/x.pth', 'a.egg-info/entry_points.txt', 'setup.cfg', 'backend/_pytest/x.py'],
    ['a/setup.py', 'a/site.py', 'pyproject.toml'],
  ],
])('%s', (name, inside, outside) => {
  const matches = matcher(pytest[name])
  expect([inside.filter((path) => !matches(path)), outside.filter(matches)]).toEqual([[], []])
})

test('stacks are found by the name in a manifest', () => {
  expect([stackNames, stackNamed('pytest')?.name, stackNamed('toString'), stackNamed('nose')]).toEqual([
    ['pytest', 'vitest'],
    'pytest',
    null,
    null,
  ])
})
