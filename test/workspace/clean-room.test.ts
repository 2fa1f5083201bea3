import { describe, expect, test } from 'vitest'
import { protectedEntries } from '../../src/evidence/protected-table.ts'
import { pytest } from '../../src/stack/pytest.ts'
import { roomA, roomB } from '../../src/workspace/clean-room.ts'
import { link, type ToldChange, view } from '../grading/evidence-builder.ts'

const BASE = [
  'backend/app.py',
  'backend/orders/models.py',
  'backend/orders/tests/test_orders.py',
  'backend/tests/conftest.py',
  'backend/conftest.py',
  'backend/pyproject.toml',
  'dev',
  '.venv/lib/x.py',
]

function room(which: typeof roomA, changes: readonly ToldChange[], deliverable: readonly string[] = []): readonly string[] {
  const { evidence } = view({ changes, fixture: { protected: [...pytest.protected, 'dev'] } })
  const facts = { fixture: evidence.fixture, task: { deliverable }, base: BASE, ours: ['backend/orders/tests/test_hidden.py'] }
  return [...which(evidence.changes, facts)].map(
    ([path, carried]) => `${carried.from} ${path}${carried.from === 'merge' ? ` ${carried.keys}` : ''}`,
  )
}

describe('clean room A', () => {
  test.each<[string, readonly ToldChange[], readonly string[]]>([
    [
      'application files',
      [
        ['backend/app.py', 'x', 'y'],
        ['backend/new.py', null, 'x'],
        ['backend/orders/models.py', 'x', null],
      ],
      ['agent backend/app.py', 'agent backend/new.py', 'gone backend/orders/models.py'],
    ],
    [
      'tests stay ours: changed, new and deleted ones',
      [
        ['backend/orders/tests/test_orders.py', 'x', 'y'],
        ['backend/orders/tests/test_new.py', null, 'x'],
        ['backend/conftest.py', 'x', null],
      ],
      [],
    ],
    ['protected files stay ours', [['dev', 'x', 'y']], []],
    [
      'planted files are absent',
      [
        ['backend/sitecustomize.py', null, 'x'],
        ['backend/orders/conftest.py', null, 'x'],
        ['backend/x.pth', null, 'x'],
        ['pytest.ini', null, 'x'],
        ['backend/setup.cfg', null, 'x'],
        ['backend/pytest/__init__.py', null, 'x'],
      ],
      [],
    ],
    ['tables of ours are merged', [['backend/pyproject.toml', 'x', 'y']], ['merge backend/pyproject.toml tool.pytest']],
    ['a file with a table of ours cannot go', [['backend/pyproject.toml', 'x', null]], []],
    ['a file with a table of ours cannot become a link', [['backend/pyproject.toml', 'x', link('other.toml')]], []],
    [
      'a new file with a table of ours comes without it',
      [['backend/orders/pyproject.toml', null, 'x']],
      ['merge backend/orders/pyproject.toml tool.pytest'],
    ],
    [
      'dependencies, litter and repositories',
      [
        ['.venv/lib/x.py', 'x', 'y'],
        ['backend/__pycache__/app.pyc', null, 'x'],
        ['backend/.git/HEAD', null, 'x'],
      ],
      [],
    ],
    [
      'links',
      [
        ['backend/in', null, link('app.py')],
        ['backend/out', null, link('../../etc')],
        ['backend/abs', null, link('/etc')],
      ],
      ['agent backend/in'],
    ],
    [
      'sockets and files that would not hold still',
      [
        ['backend/s', null, { type: 'special' }],
        ['backend/u', null, { type: 'unstable' }],
      ],
      [],
    ],
    [
      'a link in place of a folder with tests',
      [
        ['backend/orders', null, link('tests')],
        ['backend/orders/models.py', 'x', null],
        ['backend/orders/tests/test_orders.py', 'x', null],
      ],
      ['gone backend/orders/models.py'],
    ],
    [
      'a folder in place of a protected file',
      [
        ['backend/conftest.py', 'x', null],
        ['backend/conftest.py/x.py', null, 'x'],
      ],
      [],
    ],
    [
      'a folder in place of an application file',
      [
        ['backend/app.py', 'x', null],
        ['backend/app.py/x.py', null, 'x'],
      ],
      ['gone backend/app.py', 'agent backend/app.py/x.py'],
    ],
  ])('%s', (_, changes, carried) => {
    expect(room(roomA, changes)).toEqual(carried)
  })
})

describe('clean room B', () => {
  test.each<[string, readonly ToldChange[], readonly string[], (readonly string[])?]>([
    [
      'never their source',
      [
        ['backend/app.py', 'x', 'y'],
        ['backend/orders/tests/test_new.py', null, 'x'],
      ],
      ['agent backend/orders/tests/test_new.py'],
    ],
    ['their new conftest', [['backend/orders/tests/conftest.py', null, 'x']], ['agent backend/orders/tests/conftest.py']],
    ['not our conftest', [['backend/conftest.py', 'x', 'y']], []],
    [
      'changed and deleted test files',
      [
        ['backend/orders/tests/test_orders.py', 'x', 'y'],
        ['backend/tests/test_old.py', 'x', null],
      ],
      ['agent backend/orders/tests/test_orders.py', 'gone backend/tests/test_old.py'],
    ],
    [
      'only the deliverable, where the task names one',
      [
        ['backend/tests/test_a.py', null, 'x'],
        ['backend/orders/tests/test_b.py', null, 'x'],
      ],
      ['agent backend/orders/tests/test_b.py'],
      ['backend/orders/tests/**'],
    ],
    ['not what lies in the deliverable and is no test', [['backend/orders/models.py', 'x', 'y']], [], ['backend/orders/**']],
    [
      'no dependencies, no planted modules',
      [
        ['.venv/lib/test_x.py', null, 'x'],
        ['backend/sitecustomize.py', null, 'x'],
      ],
      [],
    ],
  ])('%s', (_, changes, carried, deliverable = []) => {
    expect(room(roomB, changes, deliverable)).toEqual(carried)
  })
})

test('an entry without a key protects the whole file', () => {
  expect(protectedEntries(['a/*.toml', 'b.json#x.y']).map(({ key, matches }) => [key, matches('a/c.toml'), matches('b.json')])).toEqual([
    [null, true, false],
    ['x.y', false, true],
  ])
})
