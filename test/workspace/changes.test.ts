import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change, Entry } from '../../src/evidence/change.ts'
import type { Rung } from '../../src/sandbox/sandbox.ts'
import { act, openSmall, prepareSmall, type Small } from './small-fixture.ts'

const files = {
  '.gitignore': '.venv/\n*.log\n',
  'README.md': 'Read me.\n',
  'run.sh': { script: '#!/bin/sh\n' },
  'link.md': { target: 'README.md' },
  'src/app.py': 'app = 1\n',
  'src/models/user.py': 'user = 1\n',
  'src/models/team.py': 'team = 1\n',
  'src/models/deep/er/one.py': 'one = 1\n',
  'frontend/app.tsx': 'export {}\n',
  'tests/test_app.py': 'def test(): pass\n',
}

const install = 'mkdir -p .venv/lib && echo "lib = 1" > .venv/lib/lib.py && printf "x" > .venv/lib/other.py'

function told(entry: Entry): string {
  switch (entry.type) {
    case 'file':
      return entry.executable ? 'program' : 'file'
    case 'symlink':
      return `-> ${entry.target}`
    default:
      return entry.type
  }
}

function summary(changes: readonly Change[]): string[] {
  return changes.map((change) =>
    change.kind === 'deleted' ? `deleted ${change.path}` : `${change.kind} ${change.path} ${told(change.now)}`,
  )
}

const models = ['deleted src/models/deep/er/one.py', 'deleted src/models/team.py', 'deleted src/models/user.py']

const cases: readonly { name: string; script: string; changes: readonly string[] }[] = [
  { name: 'nothing', script: 'true', changes: [] },
  { name: 'reading', script: 'cat README.md && ls -R && git status', changes: [] },
  { name: 'an edit', script: 'echo more >> src/app.py', changes: ['modified src/app.py file'] },
  {
    name: 'an edit of the same size with its times set back',
    script: 'touch -r src/app.py /tmp/t; printf "app = 2\\n" > src/app.py; touch -r /tmp/t src/app.py',
    changes: ['modified src/app.py file'],
  },
  { name: 'an edit in place by rename', script: 'sed -i s/1/2/ src/app.py', changes: ['modified src/app.py file'] },
  { name: 'a touch', script: 'touch src/app.py README.md', changes: [] },
  { name: 'the same bytes written again', script: 'cp src/app.py /tmp/a; rm src/app.py; cp /tmp/a src/app.py', changes: [] },
  { name: 'a folder replaced by an equal one', script: 'cp -a src /tmp/src; rm -r src; cp -a /tmp/src src', changes: [] },
  {
    name: 'new files and folders',
    script: 'mkdir -p new/deep empty; echo 1 > new/deep/a; : > new/b',
    changes: ['added new/b file', 'added new/deep/a file'],
  },
  { name: 'a deletion', script: 'rm src/app.py', changes: ['deleted src/app.py'] },
  { name: 'a folder deleted', script: 'rm -r src/models', changes: models },
  { name: 'a folder deleted and made again, empty', script: 'rm -r src/models; mkdir src/models', changes: models },
  {
    name: 'a folder deleted and made again with one file',
    script: 'rm -r src/models; mkdir -p src/models/deep; echo 2 > src/models/user.py',
    changes: [...models.slice(0, 2), 'modified src/models/user.py file'],
  },
  { name: 'a rename', script: 'mv src/app.py src/main.py', changes: ['deleted src/app.py', 'added src/main.py file'] },
  {
    name: 'a folder renamed by copying',
    script: 'cp -a frontend web; rm -r frontend',
    changes: ['deleted frontend/app.tsx', 'added web/app.tsx file'],
  },
  {
    name: 'modes',
    script: 'chmod +x README.md; chmod -x run.sh; chmod 600 src/app.py',
    changes: ['modified README.md program', 'modified run.sh file'],
  },
  {
    name: 'a new symlink, whatever it points to',
    script: 'ln -s /etc/passwd out; ln -s nowhere dangling; ln -s . loop',
    changes: ['added dangling -> nowhere', 'added loop -> .', 'added out -> /etc/passwd'],
  },
  { name: 'a symlink turned', script: 'ln -sfn src/app.py link.md', changes: ['modified link.md -> src/app.py'] },
  {
    name: "a symlink made a file with its target's content",
    script: 'cp README.md /tmp/r; rm link.md; cp /tmp/r link.md',
    changes: ['modified link.md file'],
  },
  { name: 'a file made a symlink', script: 'rm README.md; ln -s src/app.py README.md', changes: ['modified README.md -> src/app.py'] },
  {
    name: 'a file made a folder',
    script: 'rm README.md; mkdir README.md; echo 1 > README.md/a',
    changes: ['deleted README.md', 'added README.md/a file'],
  },
  { name: 'a file made an empty folder', script: 'rm README.md; mkdir README.md', changes: ['deleted README.md'] },
  {
    name: 'a folder made a symlink',
    script: 'rm -r src/models; ln -s ../frontend src/models',
    changes: ['added src/models -> ../frontend', ...models],
  },
  { name: 'a folder made a file', script: 'rm -r src/models; echo 1 > src/models', changes: ['added src/models file', ...models] },
  {
    name: 'hard links',
    script: 'ln src/app.py linked.py; echo 2 >> linked.py',
    changes: ['added linked.py file', 'modified src/app.py file'],
  },
  {
    name: 'a line in an ignore file',
    script: 'echo "hidden/" >> .gitignore; mkdir hidden; echo 1 > hidden/a.py',
    changes: ['modified .gitignore file', 'added hidden/a.py file'],
  },
  {
    name: 'tampering in an ignored folder',
    script: 'echo "lib = 2" > .venv/lib/lib.py; rm .venv/lib/other.py; echo 1 > .venv/new.pth',
    changes: ['modified .venv/lib/lib.py file', 'deleted .venv/lib/other.py', 'added .venv/new.pth file'],
  },
  {
    name: "commits and stashes in the repository's own git",
    script:
      'echo 2 > src/app.py; git add .; git -c user.name=a -c user.email=a commit -qm a; git config core.hooksPath /tmp; rm .git/index',
    changes: ['modified src/app.py file'],
  },
  {
    name: 'a nested repository',
    script: 'cd frontend; git init -q .; echo 2 > app.tsx; rm -rf .git/hooks .git/description .git/info',
    changes: ['added frontend/.git/HEAD file', 'added frontend/.git/config file', 'modified frontend/app.tsx file'],
  },
  {
    name: 'a fifo and a socket',
    script: 'mkfifo src/pipe; rm README.md; mkfifo README.md',
    changes: ['modified README.md special', 'added src/pipe special'],
  },
  {
    name: 'strange names',
    script: 'touch -- "$(printf "a\\nb")" "$(printf "c\\377")" "é" "-rf" "back\\\\slash"',
    changes: ['added -rf file', 'added a\\x0ab file', 'added back\\slash file', 'added c\\xff file', 'added é file'],
  },
  {
    name: "a name of JavaScript's own",
    script: 'echo 1 > __proto__; echo 1 > constructor',
    changes: ['added __proto__ file', 'added constructor file'],
  },
  { name: 'a program replaced while others read it', script: 'cp run.sh r2; mv r2 run.sh; (sleep 60 < run.sh) & true', changes: [] },
]

describe.each<Rung>(['overlay+bwrap', 'copy+bwrap'])('changes on %s', (rung) => {
  let small: Small
  const after: (() => Promise<void>)[] = []
  beforeAll(async () => {
    small = await prepareSmall(files, rung, { commands: [install] }, (undo) => after.push(undo))
  })
  afterAll(() => Promise.all(after.map((undo) => undo())))

  it.each(cases)('$name', async ({ script, changes }) => {
    await using workspace = await openSmall(small, rung)
    await act(workspace, script)
    expect(summary(await workspace.changes())).toEqual(changes)
  })
})
