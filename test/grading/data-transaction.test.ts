import { expect, test } from 'vitest'
import { transaction } from '../../src/grading/data-transaction.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const py = (after: string, before: string | null = null): readonly ToldChange[] => [['backend/a/services.py', before, after]]
const ts = (after: string): readonly ToldChange[] => [['backend/a.ts', null, after]]
const two = '    Order.objects.create(a=a)\n    Line.objects.create(a=a)\n'
const byRequest = { base: { 'backend/config/settings/base.py': 'DATABASES["default"]["ATOMIC_REQUESTS"] = True\n' } }

test.each<[string, Told, string]>([
  ['two saves', { changes: py(`def f(a):\n${two}`) }, 'WRITES_APART backend/a/services.py:1 function=f writes=2'],
  [
    'a save of an object and a delete',
    { changes: py('def f(a):\n    a.save()\n    a.lines.delete()\n') },
    'WRITES_APART backend/a/services.py:1 function=f writes=2',
  ],
  [
    'one more than before',
    { changes: py(`def f(a):\n${two}`, 'def f(a):\n    Order.objects.create(a=a)\n') },
    'WRITES_APART backend/a/services.py:1 function=f writes=2',
  ],
  [
    'one inside and one outside',
    { changes: py('def f(a):\n    with transaction.atomic():\n        a.save()\n        b.save()\n    c.save()\n') },
    'WRITES_APART backend/a/services.py:1 function=f writes=2',
  ],
  [
    'two commits',
    { changes: py('def f(session):\n    session.add(a)\n    session.commit()\n    session.add(b)\n    session.commit()\n') },
    'WRITES_APART backend/a/services.py:1 function=f writes=2',
  ],
  [
    'a task, though requests are transactions',
    { changes: py(`@shared_task\ndef f(a):\n${two}`), ...byRequest },
    'WRITES_APART backend/a/services.py:2 function=f writes=2',
  ],
  [
    'Prisma',
    { changes: ts('async function f() {\n  await prisma.order.create({})\n  await prisma.line.createMany({})\n}\n') },
    'WRITES_APART backend/a.ts:1 function=f writes=2',
  ],
  [
    'repositories',
    { changes: ts('class A {\n  async f() {\n    await this.orderRepository.save(a)\n    await this.lineRepository.delete(b)\n  }\n}\n') },
    'WRITES_APART backend/a.ts:2 function=A.f writes=2',
  ],
  [
    'two flushes',
    { changes: ts('async function f(em) {\n  em.persist(a)\n  await em.flush()\n  await em.flush()\n}\n') },
    'WRITES_APART backend/a.ts:1 function=f writes=2',
  ],
])('flagged: %s', (_, told, finding) => {
  expect(judged(transaction, told, syntax)).toEqual({ check: 'fail', findings: [finding] })
})

test.each<[string, Told]>([
  ['a decorator', { changes: py(`@transaction.atomic\ndef f(a):\n${two}`) }],
  ['a decorator among others', { changes: py(`@transaction.atomic()\n@log\ndef f(a):\n${two}`) }],
  ['a block', { changes: py('def f(a):\n    with transaction.atomic():\n        a.save()\n        b.save()\n') }],
  ['one branch or the other', { changes: py('def f(a):\n    if a:\n        a.save()\n    else:\n        b.save()\n') }],
  ['a branch that leaves', { changes: py('def f(a):\n    if a:\n        a.save()\n        return a\n    b.save()\n    return b\n') }],
  ['a ladder', { changes: py('def f(a):\n    if a:\n        a.save()\n    elif b:\n        b.save()\n    else:\n        c.save()\n') }],
  ['requests are transactions', { changes: py(`def f(a):\n${two}`), ...byRequest }],
  ['a part of a larger work', { changes: py(`@transaction.atomic\ndef f(a):\n    _g(a)\n\n\ndef _g(a):\n${two}`) }],
  ['the base has it', { changes: py(`def f(a):\n    a = a\n${two}`, `def f(a):\n${two}`) }],
  [
    '$transaction',
    { changes: ts('async function f() {\n  await prisma.$transaction([prisma.order.create({}), prisma.line.create({})])\n}\n') },
  ],
  [
    'transactional',
    {
      changes: ts(
        'async function f(em) {\n  await em.transactional(async (em) => {\n    await em.flush()\n    await em.flush()\n  })\n}\n',
      ),
    },
  ],
])('not flagged: %s', (_, told) => {
  expect(judged(transaction, told, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, Told, string]>([
  ['a session that commits once', { changes: py('def f(session):\n    session.add(a)\n    session.add(b)\n    session.commit()\n') }, 'na'],
  ['one save', { changes: py('def f(a):\n    a.save()\n') }, 'na'],
  ['dictionaries, files and clients', { changes: py('def f(a):\n    a.update(b)\n    client.delete("/a/")\n    a.create(1)\n') }, 'na'],
  ['a test', { changes: [['backend/a/tests/test_a.py', null, `def test_a():\n${two}`]] }, 'na'],
  ['a migration', { changes: [['backend/a/migrations/0002_a.py', null, `def f(a):\n${two}`]] }, 'na'],
  ['not parsed', { changes: py(`def f(a:\n${two}`) }, 'inconclusive'],
])('%s', (_, told, check) => expect(judged(transaction, told, syntax)).toEqual({ check, findings: [] }))
