import { describe, expect, test } from 'vitest'
import { restoreTable, sameTable } from '../../src/evidence/protected-table.ts'

const BASE = `[project]
name = "shop" # ours
dependencies = [
  "django", # [tool.pytest]
]

[tool.pytest.ini_options]
addopts = "-q"
markers = ["slow: [tool.x]", 'a']

[tool.ruff]
text = """
[tool.pytest.ini_options]
addopts = "no"
"""
`

const EDITS: readonly [string, (text: string) => string, boolean][] = [
  ['another table', (text) => text.replace('"shop"', '"store"'), true],
  ['a long string that looks like the table', (text) => text.replace('addopts = "no"', 'addopts = "yes"'), true],
  ['blanks, comments and trailing commas', (text) => text.replace("'a']", "# why\n  'a',\n]"), true],
  ['the table further down', (text) => text.replace(/^(\[tool\.pytest[\s\S]*?'a'\]\n)([\s\S]*)/m, '$2\n$1'), true],
  ['a value', (text) => text.replace('"-q"', '"-x"'), false],
  ['a comma inside a string', (text) => text.replace('slow: [tool.x]', 'slow: [tool.x,]'), false],
  ['a new key', (text) => text.replace('addopts = "-q"', 'addopts = "-q"\npython_files = "x.py"'), false],
  ['the table gone', (text) => text.replace(/^\[tool\.pytest[\s\S]*?'a'\]\n/m, ''), false],
  ['dotted keys at the top', (text) => `tool.pytest.ini_options.python_files = "x"\n${text}`, false],
  ['dotted keys in [tool]', (text) => `${text}\n[tool]\npytest.x = 1\n`, false],
  ['quoted keys', (text) => `${text}\n["tool" . 'pytest'."\\u0078"]\ny = 1\n`, false],
  ['an inline table above it', (text) => `tool = { pytest = { x = 1 } }\n${text}`, false],
  ['a table below it', (text) => `${text}\n[tool.pytest.more]\nx = 1\n`, false],
  ['an array of tables', (text) => `${text}\n[[tool.pytest.more]]\nx = 1\n`, false],
]

describe('TOML', () => {
  test.each(EDITS)('%s', (_, edit, same) => {
    const now = edit(BASE)
    expect(now).not.toBe(BASE)
    expect(sameTable('pyproject.toml', BASE, now, 'tool.pytest')).toBe(same)
    const restored = restoreTable('pyproject.toml', BASE, now, 'tool.pytest')
    expect(sameTable('pyproject.toml', BASE, restored, 'tool.pytest')).toBe(true)
    expect(sameTable('pyproject.toml', now, restored, 'project')).toBe(true)
    expect(restored).toContain('[tool.ruff]')
  })

  test('a merged file keeps the edit and takes our table', () => {
    const now = BASE.replace('"shop"', '"store"').replace('"-q"', '"-x"')
    expect(restoreTable('pyproject.toml', BASE, now, 'tool.pytest')).toMatchInlineSnapshot(`
      "[project]
      name = "store" # ours
      dependencies = [
        "django", # [tool.pytest]
      ]





      [tool.ruff]
      text = """
      [tool.pytest.ini_options]
      addopts = "no"
      """

      [tool.pytest.ini_options]
      addopts = "-q"
      markers = ["slow: [tool.x]", 'a']
      "
    `)
  })

  test('our dotted keys come back as a table of their own', () => {
    const ours = '[tool]\npytest.ini_options.addopts = "-q"\nruff.x = 1\n'
    expect(restoreTable('pyproject.toml', ours, '[tool]\nruff.x = 2\n', 'tool.pytest')).toMatchInlineSnapshot(`
      "[tool]
      ruff.x = 2

      [tool.pytest]
      ini_options.addopts = "-q"
      "
    `)
  })

  test.each([
    ['a bracket that never closes', 'a = ['],
    ['a string that never ends', 'a = "x\nb = 1'],
    ['no key', '= 1'],
    ['no value', '[a\nb'],
  ])('%s cannot be merged', (_, now) => {
    expect(sameTable('a.toml', BASE, now, 'tool.pytest')).toBe(false)
    expect(restoreTable('a.toml', BASE, now, 'tool.pytest')).toBeNull()
  })

  test('a table that we spell inside an inline table cannot stand alone', () => {
    expect(restoreTable('a.toml', 'tool = { pytest = 1 }', '[tool]\npytest = 2', 'tool.pytest')).toBeNull()
  })
})

describe('JSON, YAML and INI', () => {
  const json = '{"name": "a", "scripts": {"test": "vitest", "lint": "x"}}'
  test.each<[string, string, string | null, string, string, boolean, string | null]>([
    ['another key', 'package.json', json, json.replace('"a"', '"b"'), 'scripts.test', true, json.replace('"a"', '"b"')],
    [
      'the key',
      'package.json',
      json,
      json.replace('vitest', 'true'),
      'scripts.test',
      false,
      '{\n  "name": "a",\n  "scripts": {\n    "test": "vitest",\n    "lint": "x"\n  }\n}\n',
    ],
    ['a key that we do not have', 'package.json', '{"a": 1}', '{"a": 2, "jest": {"x": 1}}', 'jest', false, '{\n  "a": 2\n}\n'],
    ['a file that we do not have', 'package.json', null, '{"a": 2, "jest": {"x": 1}}', 'jest', false, '{\n  "a": 2\n}\n'],
    ['broken', 'package.json', json, '{"name": ', 'scripts', false, null],
    ['another key', 'a.yaml', 'a: 1\nb:\n  c: 2\n', 'a: 3 # why\nb:\n  c: 2\n', 'b.c', true, 'a: 3 # why\nb:\n  c: 2\n'],
    ['the key', 'a.yml', 'a: 1\nb:\n  c: 2\n', 'a: 3 # why\nb:\n  c: 4\n', 'b.c', false, 'a: 3 # why\nb:\n  c: 2\n'],
    ['a list in place of a map', 'a.yml', 'b: 1\n', '- 1\n', 'b', false, null],
    ['broken', 'a.yml', 'a: 1\n', 'a: [', 'a', false, null],
    [
      'another section',
      'setup.cfg',
      '[tool:pytest]\nx = 1\n[flake8]\ny = 2\n',
      '[tool:pytest]\nx = 1\n[flake8]\ny = 3\n',
      'tool:pytest',
      true,
      '[tool:pytest]\nx = 1\n[flake8]\ny = 3\n',
    ],
    [
      'the section',
      'setup.cfg',
      '[tool:pytest]\nx = 1\n[flake8]\ny = 2\n',
      '[tool:pytest]\nx = 2\n[flake8]\ny = 3\n',
      'tool:pytest',
      false,
      '[flake8]\ny = 3\n\n[tool:pytest]\nx = 1\n',
    ],
    [
      'a section that we do not have',
      'setup.cfg',
      '[flake8]\ny = 2\n',
      '[flake8]\ny = 3\n[tool:pytest]\nx = 2\n',
      'tool:pytest',
      false,
      '[flake8]\ny = 3\n',
    ],
    ['a format that nobody knows', 'x.conf', 'a', 'b', 'k', false, null],
  ])('%s of %s', (_, path, base, now, key, same, restored) => {
    expect(sameTable(path, base, now, key)).toBe(same)
    expect(restoreTable(path, base, now, key)).toBe(restored)
  })

  test('a file that is gone has no table', () => {
    expect(sameTable('setup.cfg', '[tool:pytest]\nx = 1\n', null, 'tool:pytest')).toBe(false)
    expect(sameTable('setup.cfg', '[flake8]\nx = 1\n', null, 'tool:pytest')).toBe(true)
  })
})
