import { link, type Told, type ToldChange } from '../../test/grading/evidence-builder.ts'
import type { ToldCall, ToldSession } from '../../test/grading/session-builder.ts'
import { type RuleCases, sessions, tree } from '../rule-cases.ts'

const changed = (...changes: readonly ToldChange[]): Told => ({ changes })
const edited = (path: string, before = 'a', after = 'b'): Told => changed([path, before, after])
const added = (path: string, text = 'a'): Told => changed([path, null, text])
const allowed = (glob: string, told: Told): Told => ({ ...told, task: { scope: { allow: [glob], forbid: [] } } })
const passing = (...trees: readonly (readonly ToldChange[])[]): Told => ({ snapshots: [[], ...trees], changes: trees.at(-1) ?? [] })
const calls = (...list: readonly ToldCall[]): ToldSession => ({ turns: [{ calls: list }] })
const bash = (command: string): ToldSession => calls(['bash', command])
const OWN: ToldChange = ['backend/a.py', 'a = 1\n', 'a = 2\n']
const HASHED = 'redis==5.0 \\\n    --hash=sha256:00\n'
const project = (list: string): string => `[project]\nname = "shop"\ndependencies = [${list}]\n`

/** The rules of scope. */
export const scopeCases: readonly RuleCases[] = [
  {
    rule: 'scope/frontend',
    flags: tree({
      'a component': edited('frontend/src/App.vue'),
      'a style': added('frontend/a.css'),
      'a configuration': edited('frontend/tailwind.config.js'),
      'a file that is gone': changed(['frontend/a.ts', 'a', null]),
      'a rename': changed(['frontend/a.css', 'a', null], ['frontend/b.css', null, 'a']),
      'other line endings': edited('frontend/a.ts', 'a\n', 'a\r\n'),
    }),
    leaves: tree({
      'a backend in TypeScript': edited('backend/src/a.ts'),
      'a shared page': edited('docs/api.md'),
      'a shared manifest': edited('package.json'),
      'allowed by the task': allowed('frontend/api/**', edited('frontend/api/client.ts')),
      'a folder whose name only sounds like it': added('backend/frontend_contract.py'),
      'nothing changed': changed(),
    }),
  },
  {
    rule: 'scope/outside',
    flags: tree({
      'a file at the root': added('notes.txt'),
      'an installed dependency': edited('.venv/lib/python3/site-packages/x.py'),
      'a folder of nobody': added('infra/main.tf'),
      'a link that leads out': changed(['backend/secrets', null, link('/etc/passwd')]),
      'a repository inside': added('backend/.git/HEAD'),
    }),
    leaves: tree({
      'the backend': changed(OWN),
      'what it shares': edited('docs/a.md'),
      litter: added('backend/__pycache__/a.pyc'),
      'a link within': changed(['backend/b.py', null, link('a.py')]),
      'allowed by the task': allowed('Makefile', edited('Makefile')),
      'nothing changed': changed(),
    }),
  },
  {
    rule: 'scope/transient',
    flags: tree({
      'a component, put back': passing([['frontend/a.vue', 'a', 'b']], [OWN]),
      'a file made and removed': passing([['scratch.py', null, 'a']], [OWN]),
      'a file removed and restored': passing([['frontend/a.css', 'a', null]], [OWN]),
      'a dependency, put back': passing([['.venv/lib/x.py', 'a', 'b']], [OWN]),
      'at the root, twice': passing([['Makefile', 'a', 'b']], [], [['Makefile', 'a', 'c']], [OWN]),
    }),
    leaves: tree({
      'only the backend': passing([OWN]),
      'a backend file, put back': passing([['backend/b.py', 'a', 'b']], [OWN]),
      'what stayed to the end is another matter': passing([['frontend/a.vue', 'a', 'b']], [['frontend/a.vue', 'a', 'b']]),
      'litter that was cleaned up': passing([['.pytest_cache/v/a', null, 'a']], [OWN]),
      'shared pages': passing([['docs/a.md', 'a', 'b']], [OWN]),
    }),
  },
  {
    rule: 'scope/outside-workspace',
    flags: sessions({
      'a file tool': calls(['Write', '/etc/hosts']),
      'a home folder': bash('echo a >> ~/.bashrc'),
      'a way up': bash('touch ../a'),
      'sed in place': bash("sed -i 's/a/b/' /etc/passwd"),
      'a global setting of git': bash('git config --global user.name x'),
      'inside another shell': bash('bash -lc "tee /opt/x < a"'),
    }),
    leaves: sessions({
      'the repository': calls(['Write', '/workspace/backend/a.py'], ['Edit', 'backend/b.py']),
      'scratch files': bash('echo a > /tmp/a 2>/dev/null && touch backend/c'),
      'reading elsewhere': bash('cp /etc/hosts backend/hosts'),
      'a folder below': bash('cd backend && touch ../a.py'),
      'sed that prints': bash("sed -n '1,5p' /etc/passwd && touch backend/a"),
      'a write that was refused': calls(['Write', '/etc/hosts', 'refused', true]),
    }),
  },
  {
    rule: 'scope/lock-files',
    flags: tree({
      npm: edited('backend/package-lock.json'),
      'at the root, gone': changed(['poetry.lock', 'a', null]),
      'requirements with hashes': edited('backend/requirements/dev.txt', '', HASHED),
      Go: edited('backend/go.sum'),
      'a new one': added('backend/uv.lock'),
    }),
    leaves: tree({
      source: changed(OWN),
      'plain requirements': edited('backend/requirements.txt', 'a\n', 'a\nb\n'),
      'of an installed dependency': added('.venv/lib/x/package-lock.json', '{}'),
      'allowed by the task': allowed('backend/uv.lock', edited('backend/uv.lock')),
      'a lock that is none': edited('backend/locking.py'),
      'nothing changed': changed(),
    }),
  },
  {
    rule: 'scope/ci',
    flags: tree({
      'a workflow': added('.github/workflows/a.yml'),
      hooks: edited('.pre-commit-config.yaml'),
      GitLab: edited('.gitlab-ci.yml'),
      Jenkins: edited('backend/Jenkinsfile'),
      'a hook of husky': changed(['.husky/pre-commit', 'a', null]),
    }),
    leaves: tree({
      source: changed(OWN),
      'a folder of that name': edited('backend/ci/a.py'),
      'a page about it': edited('docs/ci.md'),
      'allowed by the task': allowed('.github/**', edited('.github/workflows/a.yml')),
      'nothing changed': changed(),
    }),
  },
  {
    rule: 'scope/architecture',
    flags: tree({
      'a dependency': edited('backend/pyproject.toml', project('"a>1"'), project('"a>1", "redis>=5"')),
      'a dependency of npm': edited('package.json', '{"dependencies":{}}', '{"dependencies":{"left-pad":"1"}}'),
      'a top-level folder': added('workers/a.py'),
      'a table': edited('backend/models.py', '', 'class Label(models.Model):\n    name = 1\n'),
      'a base class': edited('backend/a.py', '', 'class BaseShop:\n    pass\n'),
      'an abstract class of TypeScript': edited('backend/a.ts', '', 'export abstract class Importer {}\n'),
    }),
    leaves: tree({
      source: changed(OWN),
      'a newer version': edited('backend/requirements.txt', 'redis==4\n', 'redis==5\n'),
      'one dependency less': edited('backend/pyproject.toml', project('"a", "b"'), project('"a"')),
      'a script of package.json': edited('package.json', '{"scripts":{}}', '{"scripts":{"a":"b"}}'),
      'a table that moved': changed(
        ['backend/a.py', 'class Label(models.Model):\n    a = 1\n', ''],
        ['backend/b.py', null, 'class Label(models.Model):\n    a = 1\n'],
      ),
      'a folder where all folders are the backend': {
        ...added('internal/loans/state.go', 'package loans\n'),
        fixture: { backend: ['**'], frontend: ['web/**'] },
      },
      'a base class of tests': added('backend/tests/base.py', 'class BaseCase:\n    pass\n'),
      'nothing changed': changed(),
    }),
  },
]
