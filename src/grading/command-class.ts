import { basename, type Program } from './shell-unwrap.ts'

/** The kinds of commands that a guide documents and an agent may not assume. */
export type CommandClass = 'test' | 'lint' | 'format' | 'migrate' | 'server'

const PROGRAMS: Readonly<Record<string, CommandClass>> = {
  ...inClass('test', 'pytest py.test tox nox nosetests nose2 unittest jest vitest mocha ava jasmine rspec phpunit ctest ginkgo gotestsum'),
  ...inClass('lint', 'ruff flake8 pylint mypy pyright eslint tsc vue-tsc biome oxlint golangci-lint staticcheck rubocop stylelint bandit'),
  ...inClass('format', 'black isort prettier gofmt goimports yapf autopep8 rustfmt gofumpt'),
  ...inClass('migrate', 'alembic prisma knex sequelize sequelize-cli typeorm django-admin goose dbmate flyway drizzle-kit manage.py'),
  ...inClass('server', 'uvicorn gunicorn hypercorn daphne celery nodemon'),
}

/** Programs whose first argument says what they do. */
const SUBCOMMANDS: Readonly<Record<string, Readonly<Record<string, CommandClass>>>> = {
  go: { test: 'test', vet: 'lint', fmt: 'format', run: 'server' },
  cargo: { test: 'test', nextest: 'test', clippy: 'lint', fmt: 'format', run: 'server' },
  mvn: { test: 'test', verify: 'test' },
  mvnw: { test: 'test', verify: 'test' },
  gradle: { test: 'test', check: 'test', bootRun: 'server' },
  gradlew: { test: 'test', check: 'test', bootRun: 'server' },
  dotnet: { test: 'test', format: 'format', run: 'server', ef: 'migrate' },
  flask: { db: 'migrate', run: 'server' },
  rails: { test: 'test', s: 'server', server: 'server', 'db:migrate': 'migrate' },
  playwright: { test: 'test' },
  next: { dev: 'server', start: 'server', lint: 'lint' },
  node: { '--test': 'test' },
  deno: { test: 'test', lint: 'lint', fmt: 'format' },
  ruff: { format: 'format' },
}

/** Programs that run a target of the project under a name of its own. */
const TARGET_RUNNERS = ['make', 'gmake', 'just', 'task', 'rake', 'invoke', 'inv']
const SCRIPT_RUNNERS = ['npm', 'pnpm', 'yarn', 'bun']
const TARGETS: readonly (readonly [RegExp, CommandClass])[] = [
  [/^(?:unit-?|integration-?|e2e-?)?(?:tests?|specs?)(?:[:_-].*)?$|^t$|^check$/, 'test'],
  [/^(?:lint|typecheck|type-check|types)(?:[:_-].*)?$/, 'lint'],
  [/^(?:format|fmt|prettier)(?:[:_-].*)?$/, 'format'],
  [/^(?:make-?)?migrat(?:e|ions?)(?:[:_-].*)?$/, 'migrate'],
  [/^(?:start|dev|serve|server|runserver|worker)(?:[:_-].*)?$/, 'server'],
]

/** What stands before a program and only says where it is installed; their second word, where they have one, is a command of their own. */
const LAUNCHERS: Readonly<Record<string, readonly string[]>> = {
  uv: ['run'],
  poetry: ['run'],
  pipenv: ['run'],
  pdm: ['run'],
  hatch: ['run'],
  rye: ['run'],
  bundle: ['exec'],
  pnpm: ['exec', 'dlx'],
  yarn: ['exec', 'dlx'],
  npm: ['exec'],
  coverage: ['run'],
  npx: [],
  pnpx: [],
  bunx: [],
  uvx: [],
}

/** What a command is for; null for everything that a guide need not document (reading, searching, git, scripts of one's own). */
export function classOf(words: Program): CommandClass | null {
  const program = launched(words)
  const name = basename(program[0])
  const first = program[1] ?? ''
  if (program.some((word) => ['--version', '-V', '--help', '-h'].includes(word))) {
    return null
  }
  if (name === 'manage.py') {
    return ofManage(first)
  }
  if (TARGET_RUNNERS.includes(name)) {
    return ofTarget(program.slice(1).find((word) => !/^-|=/.test(word)))
  }
  if (SCRIPT_RUNNERS.includes(name)) {
    const script = program.slice(1).filter((word) => !word.startsWith('-'))
    return ofTarget(['run', 'run-script'].includes(script[0] ?? '') ? script[1] : script[0])
  }
  return own(own(SUBCOMMANDS, name) ?? {}, first) ?? own(PROGRAMS, name) ?? null
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** The program itself: `poetry run python -m pytest -q` is `pytest -q`, `python backend/manage.py test` is `manage.py test`. */
function launched(words: Program): Program {
  const name = basename(words[0])
  const commands = own(LAUNCHERS, name)
  if (commands !== undefined && (commands.length === 0 || commands.includes(words[1] ?? ''))) {
    return launched(behindOptions(words.slice(commands.length === 0 ? 1 : 2)))
  }
  if (!/^(?:python|pypy)[\d.]*$/.test(name)) {
    return words
  }
  const rest = behindOptions(words.slice(1))
  const isModule = words.indexOf('-m') === words.length - rest.length - 1
  return rest.length > 0 && (isModule || basename(rest[0]) === 'manage.py') ? launched(rest) : words
}

/** Behind the options, `-m` too: what it names is run. `-c` is followed by text, so nothing is. */
function behindOptions(words: Program): Program {
  const valued = ['-W', '-X', '-p', '--package', '--with', '--group']
  const at = words.findIndex((word, index) => word === '-c' || !(word.startsWith('-') || valued.includes(words[index - 1] ?? '')))
  return at === -1 || words[at] === '-c' ? [] : words.slice(at)
}

function ofManage(command: string): CommandClass {
  if (command === 'test') {
    return 'test'
  }
  return command === 'runserver' ? 'server' : 'migrate'
}

function ofTarget(target = ''): CommandClass | null {
  return TARGETS.find(([names]) => names.test(target))?.[1] ?? null
}

function inClass(name: CommandClass, programs: string): Readonly<Record<string, CommandClass>> {
  return Object.fromEntries(programs.split(' ').map((program) => [program, name]))
}
