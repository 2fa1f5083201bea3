import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const MANIFEST = `---
stack: pytest
prepare: { commands: [], lock: [], toolchains: [] }
commands: { test: ./run-tests }
scope: { backend: [backend/**] }
tests: { folder: backend/tests }
---
Its suite costs next to nothing.
`

/** Reports each test of the test files by what its text says it will do, in one process. */
const RUN_TESTS = `#!/bin/sh
for argument do
  case $argument in --junitxml=*) report=\${argument#*=} ;; esac
done
one() {
  echo "<testcase classname='$module$class' name='$name'>$1</testcase>"
}
{
  echo "<testsuites><testsuite name='tiny'>"
  for file in backend/tests/test_*.py; do
    module=\${file#backend/tests/} module=backend.tests.\${module%.py} class= name= teardown=
    while IFS= read -r line; do
      case $line in
        'class '*) class=.\${line#class } class=\${class%:} ;;
        'def test_'*) name=\${line#def } name=\${name%%(*} ;;
        '    def test_'*) name=\${line#    def } name=\${name%%(*}; one "$teardown" ;;
        '    raise'*) one '<failure/>' ;;
        '    assert'*) one ;;
        '        raise'*) teardown='<error/>' ;;
      esac
    done < "$file"
  done
  echo '</testsuite></testsuites>'
} > "$report"
exit 1
`

/** Writes the fixture `tiny` below a folder of fixtures. */
export async function writeTinyFixture(fixtures: string): Promise<void> {
  const write = async (path: string, text: string, mode: number) => {
    const file = join(fixtures, 'tiny', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, { mode })
  }
  await write('fixture.md', MANIFEST, 0o644)
  await write('repo/run-tests', RUN_TESTS, 0o755)
  await write('repo/backend/shop.py', 'def price():\n    return 1\n', 0o644)
  await write('repo/backend/tests/test_shop.py', 'def test_price():\n    assert 1 == 1\n', 0o644)
}
