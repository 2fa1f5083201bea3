import { expect, test } from 'vitest'
import { queryCount } from '../../src/grading/data-query-count.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const py = (after: string, before: string | null = null): readonly ToldChange[] => [['backend/a/serializers.py', before, after]]
const ts = (after: string): readonly ToldChange[] => [['backend/a.ts', null, after]]
const field = (body: string) =>
  `class OrderSerializer(serializers.ModelSerializer):\n    def get_lines(self, order):\n        return ${body}\n`

test.each<[string, readonly ToldChange[], string]>([
  ['a query in a loop', py('def f(rows):\n    for row in rows:\n        a = Line.objects.filter(order=row).first()\n'), 'a loop'],
  ['a comprehension', py('def f(rows):\n    return [Line.objects.get(pk=row) for row in rows]\n'), 'a loop'],
  ['a session in a loop', py('def f(session, rows):\n    for row in rows:\n        session.execute(select(Line))\n'), 'a loop'],
  ['a field of a serializer', py(field('Line.objects.filter(order=order).count()')), 'a serializer field'],
  ['a filter on a relation', py(field('order.lines.filter(paid=True).count()')), 'a serializer field'],
  [
    'a second one',
    py(
      `${field('order.lines.filter(paid=True).count()')}\n    def get_b(self, order):\n        return order.tags.order_by("a").first()\n`,
      field('order.lines.filter(paid=True).count()'),
    ),
    'a serializer field',
  ],
  [
    'a loop in TypeScript',
    ts('async function f(rows) {\n  for (const row of rows) {\n    await this.lineRepository.findOne({ where: { row } })\n  }\n}\n'),
    'a loop',
  ],
  [
    'a map in TypeScript',
    ts('async function f(rows) {\n  return Promise.all(rows.map(async (row) => prisma.line.findMany({ where: { row } })))\n}\n'),
    'a loop',
  ],
])('flagged: %s', (_, changes, where) => {
  const { check, findings } = judged(queryCount, { changes }, syntax)
  expect({ check, findings: findings.map((one) => /where=(.*) text=/.exec(one)?.[1]) }).toEqual({ check: 'fail', findings: [where] })
})

test.each<[string, readonly ToldChange[]]>([
  ['what a loop runs over', py('def f():\n    for row in Order.objects.filter(a=1):\n        g(row)\n')],
  ['a comprehension over a query', py('def f():\n    return [row.a for row in Order.objects.all()]\n')],
  [
    'a loop over a few constants',
    py(
      'def f():\n    for role in ROLES:\n        a = Seat.objects.filter(role=role).count()\n    for b in ("a", "b"):\n        Seat.objects.get(a=b)\n',
    ),
  ],
  [
    'a prefetched relation as a whole',
    py(`${field('[line.a for line in order.lines.all()]')}\n\ndef f():\n    return Order.objects.prefetch_related("lines")\n`),
  ],
  [
    'a query before a function in a loop',
    py('def f(rows):\n    found = Order.objects.in_bulk(rows)\n    for row in rows:\n        row.order = found.get(row.order_id)\n'),
  ],
  [
    'a method of no serializer',
    py(
      'class Orders:\n    def get_lines(self, order):\n        return order.lines.filter(a=1).count()\n\n\ndef f():\n    return Order.objects.count()\n',
    ),
  ],
  ['writes', py('def f(rows):\n    Order.objects.count()\n    for row in rows:\n        row.save(update_fields=["a"])\n')],
  ['the base has it', py(`${field('order.lines.filter(paid=True).count()')}# moved\n`, field('order.lines.filter(paid=True).count()'))],
  [
    'one query in TypeScript',
    ts(
      'async function f(rows) {\n  const all = await prisma.line.findMany()\n  return all.filter((line) => rows.includes(line.row)).map((line) => line.id)\n}\n',
    ),
  ],
])('not flagged: %s', (_, changes) => {
  expect(judged(queryCount, { changes }, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, Told, string]>([
  ['no query', { changes: py('def f(rows):\n    for row in rows:\n        row.get("a")\n') }, 'na'],
  [
    'a command',
    { changes: [['backend/a/management/commands/seed.py', null, 'def f(rows):\n    for row in rows:\n        A.objects.get(a=row)\n']] },
    'na',
  ],
  [
    'a test',
    { changes: [['backend/a/tests/test_a.py', null, 'def f(rows):\n    for row in rows:\n        A.objects.get(a=row)\n']] },
    'na',
  ],
  ['not parsed', { changes: py('def f(rows:\n    A.objects.get()\n') }, 'inconclusive'],
])('%s', (_, told, check) => expect(judged(queryCount, told, syntax)).toEqual({ check, findings: [] }))
