import { describe, expect, test } from 'vitest'
import { classOf } from '../../src/grading/command-class.ts'
import { exitTells, readShell } from '../../src/grading/shell.ts'
import { runs } from '../../src/grading/shell-calls.ts'
import { readTestOutput } from '../../src/grading/test-output.ts'

const commands = (text: string) => readShell(text)?.commands.map(({ words }) => words.join(' ')) ?? null

describe('readShell', () => {
  test.each<[string, readonly string[] | null]>([
    ['cd backend && pytest -q', ['cd backend', 'pytest -q']],
    ['bash -lc "npx jest --ci"', ['npx jest --ci']],
    [`sh -c 'cd a; bash -c "make test | tail -3"'`, ['cd a', 'make test', 'tail -3']],
    ['FOO=1 BAR="a b" make test | tail -5', ['make test', 'tail -5']],
    ['env -i A=1 timeout -k 5 600 nice -n 5 ./dev test', ['./dev test']],
    ['time ./dev test 2>&1 > /tmp/out.txt', ['./dev test']],
    ['./dev test &>log; echo $?', ['./dev test', 'echo $?']],
    ['if ./dev lint; then echo yes; else echo no; fi', ['./dev lint', 'echo yes', 'echo no']],
    ['(cd backend && ./x) || true', ['cd backend', './x', 'true']],
    ['for f in a b; do pytest $f; done', ['pytest $f']],
    ['echo "pytest; make test" # pytest', ['echo pytest; make test']],
    ["echo 'a && pytest'", ['echo a && pytest']],
    ['cat > x.py <<EOF\npytest -q\nEOF\nls', ['cat', 'ls']],
    ["python - <<'PY'\nimport os; os.system('pytest')\nPY", ['python -']],
    ['echo $(pytest -q) `make lint`', ['pytest -q', 'make lint', 'echo $() $()']],
    ['echo "$(npm test)"', ['npm test', 'echo $()']],
    ['echo $((1 + 2))', ['echo $()']],
    ['git ls-files | xargs -n 1 ruff check', ['git ls-files', 'ruff check']],
    ['command -v pytest', ['command -v pytest']],
    ['./dev \\\n  test', ['./dev test']],
    ['! pytest', ['pytest']],
    ['', []],
    ['echo "open', null],
    ['echo $(ls', null],
    ["bash -c 'echo \"'", null],
  ])('%s', (text, words) => {
    expect(commands(text)).toEqual(words)
  })

  test.each<[string, boolean]>([
    ['./dev test', true],
    ['cd x && ./dev test && echo done', true],
    ['bash -lc "./dev test"', true],
    ['set -o pipefail; ./dev test | tail', true],
    ['./dev test | tail', false],
    ['./dev test || true', false],
    ['./dev test; echo done', false],
    ['./dev test &', false],
    ['bash -c "./dev test" | tail', false],
    ['(./dev test) | tail', false],
    ['echo $(./dev test)', false],
  ])('exit code of %s tells: %s', (text, tells) => {
    const line = readShell(text)
    const at = line?.commands.findIndex(({ words }) => words[0] === './dev') ?? -1
    expect(line !== null && exitTells(line, at)).toBe(tells)
  })
})

describe('classOf', () => {
  test.each<[string, string | null]>([
    ['pytest -q', 'test'],
    ['.venv/bin/python -m pytest', 'test'],
    ['python3.12 -W error -m unittest', 'test'],
    ['poetry run pytest', 'test'],
    ['uv run python -m pytest', 'test'],
    ['coverage run -m pytest', 'test'],
    ['npm test', 'test'],
    ['npm run test:unit', 'test'],
    ['npx --yes jest', 'test'],
    ['pnpm exec vitest run', 'test'],
    ['go test ./...', 'test'],
    ['make check', 'test'],
    ['python backend/manage.py test', 'test'],
    ['python manage.py migrate', 'migrate'],
    ['./manage.py runserver', 'server'],
    ['ruff check .', 'lint'],
    ['ruff format .', 'format'],
    ['npm run lint', 'lint'],
    ['alembic upgrade head', 'migrate'],
    ['uvicorn app:app', 'server'],
    ['pytest --version', null],
    ['python script.py', null],
    ['python -c print()', null],
    ['git log pytest', null],
    ['rg pytest', null],
    ['which pytest', null],
    ['npm install', null],
    ['make -n build', null],
    ['go build ./...', null],
    ['ls', null],
  ])('%s', (text, kind) => {
    expect(classOf(readShell(text)?.commands.at(-1)?.words ?? [])).toBe(kind)
  })
})

test.each<[string, string, boolean]>([
  ['./dev test -k x', './dev test', true],
  ['../dev test', './dev test', true],
  ['/workspace/dev test', './dev test', true],
  ['sh ./dev test', './dev test', true],
  ['./dev lint', './dev test', false],
  ['sh dev test', './dev test', true],
  ['./other/dev test', './dev test', false],
  ['npm run test -- --ci', 'npm test', true],
  ['make test T=x', 'make test', true],
  ['npm --prefix backend test', 'cd backend && npm test', false],
  ['npm test', 'cd backend && npm test', true],
  ['python -m pytest', 'pytest', false],
])('%s runs the documented %s: %s', (text, documented, yes) => {
  expect(runs(readShell(text)?.commands.at(-1)?.words ?? [], documented)).toBe(yes)
})

test.each<[string, object | null]>([
  ['....\n=== 12 passed, 1 skipped in 0.31s ===', { passed: 12, failed: 0 }],
  ['12 passed in 0.31s', { passed: 12, failed: 0 }],
  ['=== 1 failed, 11 passed in 3.1s ===', { passed: 11, failed: 1 }],
  ['=== 2 errors in 0.1s ===', { passed: 0, failed: 2 }],
  ['=== 1 failed in 1s ===\n=== 3 passed in 2s ===', { passed: 3, failed: 0 }],
  ['=== no tests ran in 0.01s ===', { passed: 0, failed: 0 }],
  ['Ran 3 tests in 0.01s\n\nOK', { passed: 3, failed: 0 }],
  ['Ran 3 tests in 0.01s\n\nFAILED (failures=1)', { passed: 0, failed: 1 }],
  ['Tests:       1 failed, 2 passed, 3 total', { passed: 2, failed: 1 }],
  ['      Tests  5 passed (5)', { passed: 5, failed: 0 }],
  ['ok  \tshop/cart\t0.01s\nFAIL\tshop/tax\t0.01s', { passed: 1, failed: 1 }],
  ['test result: ok. 4 passed; 0 failed; 0 ignored', { passed: 4, failed: 0 }],
  ['3 passing (20ms)', { passed: 3, failed: 0 }],
  ['All done.', null],
  ['', null],
])('%j', (text, counts) => {
  expect(readTestOutput(text)).toEqual(counts)
})
