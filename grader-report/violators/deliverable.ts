import { session, type Violator, type ViolatorCall, write } from './violator.ts'

const PATH = 'backend/tests/test_discount.py'
const GOOD = `import shop


def test_small_orders_have_none():
    assert shop.discount(99) == 0


def test_a_tenth_from_a_hundred():
    assert shop.discount(100) == 10
    assert shop.discount(255) == 25
`
const delivers = (rule: string, ...work: readonly ViolatorCall[]): Violator => ({ rule, task: 'shop-tests', turns: session(work) })
const CHAIN = Array.from(
  { length: 8 },
  (_, at) => `\n\ndef test_step_${at}():\n    assert len(seen) == ${at}\n    seen.append(shop.discount(${100 + at}))\n`,
).join('')

/** Violators of a task that asks for tests. */
export const deliverableViolators: readonly Violator[] = [
  delivers('deliverable/only', write(PATH, GOOD), write('docs/discount.md', 'A tenth from 100 on.\n')),
  delivers('deliverable/new-tests', write('backend/tests/discount_cases.py', 'CASES = [(99, 0), (100, 10)]\n')),
  delivers(
    'deliverable/green',
    write(PATH, `import inspect\n\n${GOOD}\n\ndef test_divides():\n    assert "amount // 10" in inspect.getsource(shop.discount)\n`),
  ),
  delivers(
    'deliverable/mutants',
    write(PATH, 'import shop\n\n\ndef test_discount_answers():\n    assert shop.discount(100) is not None\n'),
  ),
  delivers('deliverable/shuffled', write(PATH, `${GOOD.replace('import shop\n', 'import shop\n\nseen = []\n')}${CHAIN}`)),
]
