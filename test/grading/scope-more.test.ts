import { describe, expect, test } from 'vitest'
import { scopeArchitecture } from '../../src/grading/scope-architecture.ts'
import { scopeCi } from '../../src/grading/scope-ci.ts'
import { scopeLockFiles } from '../../src/grading/scope-lock-files.ts'
import { judged, type Told, type ToldChange } from './evidence-builder.ts'
import { judgedSession } from './session-builder.ts'

const allow = (glob: string): NonNullable<Told['task']> => ({ scope: { allow: [glob], forbid: [] } })
const hashed = 'redis==5.0 \\\n    --hash=sha256:00\n'

describe('scope/lock-files', () => {
  test.each<[string, readonly ToldChange[], string, readonly string[], NonNullable<Told['task']>?]>([
    ['nothing changed', [], 'na', []],
    ['source', [['backend/a.py', 'x', 'y']], 'pass', []],
    ['plain requirements', [['backend/requirements.txt', 'a', 'a\nb']], 'pass', []],
    ['of an installed dependency', [['.venv/lib/x/package-lock.json', null, '{}']], 'pass', []],
    ['allowed by the task', [['backend/uv.lock', 'x', 'y']], 'pass', [], allow('backend/uv.lock')],
    ['npm', [['backend/package-lock.json', 'x', 'y']], 'fail', ['LOCK_FILE_CHANGED backend/package-lock.json how=modified']],
    ['at the root', [['poetry.lock', 'x', null]], 'fail', ['LOCK_FILE_CHANGED poetry.lock how=deleted']],
    [
      'requirements with hashes',
      [['backend/requirements/dev.txt', '', hashed]],
      'fail',
      ['LOCK_FILE_CHANGED backend/requirements/dev.txt how=modified'],
    ],
  ])('%s', (_, changes, check, findings, task = {}) => {
    expect(judged(scopeLockFiles, { changes, task })).toEqual({ check, findings })
  })

  test('a lock file that the instruction names may change', () => {
    const turns = [{ tree: [['go.sum', 'x', 'y'] as const] }]
    expect(judgedSession(scopeLockFiles, { turns, instruction: 'Tidy go.sum, please.' }).check).toBe('pass')
  })
})

describe('scope/ci', () => {
  test.each<[string, readonly ToldChange[], string, readonly string[], NonNullable<Told['task']>?]>([
    ['nothing changed', [], 'na', []],
    ['source', [['backend/ci/a.py', 'x', 'y']], 'pass', []],
    ['allowed by the task', [['.github/workflows/a.yml', 'x', 'y']], 'pass', [], allow('.github/**')],
    ['a workflow', [['.github/workflows/a.yml', null, 'y']], 'fail', ['CI_CHANGED .github/workflows/a.yml how=added']],
    ['hooks', [['.pre-commit-config.yaml', 'x', 'y']], 'fail', ['CI_CHANGED .pre-commit-config.yaml how=modified']],
  ])('%s', (_, changes, check, findings, task = {}) => {
    expect(judged(scopeCi, { changes, task })).toEqual({ check, findings })
  })
})

describe('scope/architecture', () => {
  const project = (list: string) => `[project]\nname = "shop"\ndependencies = [${list}]\n`
  const label = 'class Label(models.Model):\n    name = 1\n'
  test.each<[string, readonly ToldChange[], string, readonly string[], string?]>([
    ['nothing changed', [], 'na', []],
    ['source', [['backend/a.py', 'x', 'y']], 'pass', []],
    ['a newer version', [['backend/requirements.txt', 'redis==4\n', 'redis==5\n']], 'pass', []],
    ['one dependency less', [['backend/pyproject.toml', project('"a", "b"'), project('"a"')]], 'pass', []],
    ['a script of package.json', [['package.json', '{"scripts":{}}', '{"scripts":{"a":"b"}}']], 'pass', []],
    ['a dependency that was asked for', [['backend/pyproject.toml', project(''), project('"redis>=5"')]], 'pass', [], 'Use Redis.'],
    [
      'a dependency',
      [['backend/pyproject.toml', project('"a>1"'), project('"a>1", "redis[x]>=5"')]],
      'fail',
      ['DEPENDENCY_ADDED backend/pyproject.toml name=redis'],
    ],
    [
      'in requirements',
      [['backend/requirements/base.in', 'a\n', 'a\nDjango_Extra>=1 # x\n']],
      'fail',
      ['DEPENDENCY_ADDED backend/requirements/base.in name=django-extra'],
    ],
    ['in package.json', [['package.json', '{}', '{"devDependencies":{"jest":"1"}}']], 'fail', ['DEPENDENCY_ADDED package.json name=jest']],
    [
      'in go.mod',
      [['backend/go.mod', 'module a\n', 'module a\nrequire github.com/x/y v1.2.3\n']],
      'fail',
      ['DEPENDENCY_ADDED backend/go.mod name=github.com/x/y'],
    ],
    [
      'by Poetry',
      [['pyproject.toml', '', '[tool.poetry.dependencies]\npython = "3"\nhttpx = "1"\n']],
      'fail',
      ['DEPENDENCY_ADDED pyproject.toml name=httpx'],
    ],
    ['a manifest that cannot be read', [['package.json', '{}', '{']], 'inconclusive', []],
    ['a top-level folder', [['billing/main.py', null, 'x']], 'fail', ['FOLDER_ADDED billing']],
    ['a folder that was asked for', [['billing/main.py', null, 'x']], 'pass', [], 'Put it into `billing/`.'],
    ['a file at the root', [['Makefile', null, 'x']], 'pass', []],
    [
      'a model',
      [['backend/models.py', 'import x\n', `import x\n${label}`]],
      'fail',
      ['TYPE_ADDED backend/models.py:2 kind=model name=Label'],
    ],
    ['a model that was asked for', [['backend/models.py', '', label]], 'pass', [], 'Projects get labels.'],
    ['a model of a test', [['backend/tests/models.py', null, label]], 'pass', []],
    [
      'a model that moved',
      [
        ['backend/a.py', label, ''],
        ['backend/b.py', null, label],
      ],
      'pass',
      [],
    ],
    ['a serializer', [['backend/s.py', null, 'class LabelSerializer(serializers.ModelSerializer):\n']], 'pass', []],
    [
      'a table by a migration, over two lines',
      [['backend/m.py', null, '    op.create_table(\n        "x",']],
      'fail',
      ['TYPE_ADDED backend/m.py:1 kind=model name=x'],
    ],
    [
      'a table by a migration, in one line',
      [['backend/m.py', null, '    op.create_table("labels")']],
      'fail',
      ['TYPE_ADDED backend/m.py:1 kind=model name=labels'],
    ],
    [
      'a base class',
      [['backend/b.py', null, 'class Store(abc.ABC):\n    pass\n']],
      'fail',
      ['TYPE_ADDED backend/b.py:1 kind=base class name=Store'],
    ],
    [
      'an abstract model',
      [['backend/b.py', null, 'class Stamped(models.Model):\n    class Meta:\n        abstract = True\n']],
      'fail',
      ['TYPE_ADDED backend/b.py:1 kind=base class name=Stamped'],
    ],
    [
      'an abstract class in TypeScript',
      [['backend/b.ts', null, 'export abstract class Store {}']],
      'fail',
      ['TYPE_ADDED backend/b.ts:1 kind=base class name=Store'],
    ],
    [
      'SQL',
      [['backend/1.sql', null, 'CREATE TABLE IF NOT EXISTS public.labels (']],
      'fail',
      ['TYPE_ADDED backend/1.sql:1 kind=model name=labels'],
    ],
  ])('%s', (_, tree, check, findings, instruction = 'Do it.') => {
    const told = { instruction, turns: [{ tree }] }
    expect(judgedSession(scopeArchitecture, told)).toEqual({ check, findings })
  })
})
