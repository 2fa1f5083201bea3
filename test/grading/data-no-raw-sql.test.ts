import { expect, test } from 'vitest'
import { noRawSql } from '../../src/grading/data-no-raw-sql.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const DJANGO = 'from django.db import connection, models\n\n\ndef f(pool, request, log):\n'
const py = (body: string, before: string | null = null): readonly ToldChange[] => [
  ['backend/app/services.py', before === null ? null : `${DJANGO}    ${before}\n`, `${DJANGO}    ${body}\n`],
]
const ts = (body: string): readonly ToldChange[] => [
  ['backend/orders.ts', null, `import { PrismaClient } from '@prisma/client'\nasync function f() {\n  ${body}\n}\n`],
]
const go = (body: string): readonly ToldChange[] => [
  ['backend/orders.go', null, `package a\n\nimport "gorm.io/gorm"\n\nfunc f() {\n\t${body}\n}\n`],
]

test.each<[string, readonly ToldChange[]]>([
  ['a raw manager', py('return Order.objects.raw("SELECT * FROM orders")')],
  ['a raw queryset', py('return Order.objects.filter(a=1).raw(query)')],
  ['extra', py("return Order.objects.extra(where=['a > 1'])")],
  ['RawSQL', py('return Order.objects.annotate(n=RawSQL("select 1", []))')],
  ['a cursor', py('with connection.cursor() as cursor:\n        cursor.execute(query)')],
  ['a cursor under another name, with SQL', py('with connection.cursor() as c:\n        c.execute("UPDATE orders SET a = 1")')],
  ['SQLAlchemy', py('return session.execute(text("SELECT 1"))')],
  ['an f-string', py('return connection.execute(f"DELETE FROM {table}")')],
  ['Prisma', ts('return prisma.$queryRawUnsafe(`select * from orders`)')],
  ['Prisma with a tag', ts('return prisma.$queryRaw`select 1`')],
  ['a query in TypeScript', ts('return dataSource.query("SELECT * FROM orders WHERE id = $1", [id])')],
  ['knex', ts("return knex.raw('select 1')")],
  ['gorm', go('db.Raw("SELECT id FROM orders").Scan(&ids)')],
])('flagged: %s', (_, changes) => {
  const { check, findings } = judged(noRawSql, { changes }, syntax)
  expect({ check, codes: findings.map((one) => one.split(' ')[0]) }).toEqual({ check: 'fail', codes: ['RAW_SQL'] })
})

test.each<[string, readonly ToldChange[]]>([
  ['the ORM', py('return Order.objects.filter(paid=True).count()')],
  ['a pool, a request and a log', py('Order.objects.create(a=pool.execute(task), b=request.raw, c=log.query("selected"))')],
  ['a dictionary that is extra', py('log.info("done", extra={"a": Order.objects.count()})')],
  ['the base has it', py('cursor.execute("SELECT 1")\n    Order.objects.count()', 'cursor.execute("SELECT 1")')],
  [
    'it moved',
    [
      ...py('Order.objects.count()', 'cursor.execute("SELECT 1")'),
      ['backend/app/selectors.py', null, `${DJANGO}    cursor.execute("SELECT  1")\n`],
    ],
  ],
  ['a migration', [['backend/app/migrations/0002_x.py', null, 'cursor.execute("UPDATE a SET b = 1")\n'], ...py('Order.objects.count()')]],
  ['a test', [['backend/app/tests/test_x.py', null, 'cursor.execute("SELECT 1")\n'], ...py('Order.objects.count()')]],
  [
    'a fragment of drizzle',
    [['backend/a.ts', null, "import { sql } from 'drizzle-orm'\nconst q = db.select({ n: sql`count(*)` }).from(orders)\n"]],
  ],
])('not flagged: %s', (_, changes) => {
  expect(judged(noRawSql, { changes }, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, Parameters<typeof judged>[1], string]>([
  ['nothing changed', { changes: [] }, 'na'],
  ['nothing asks for data', { changes: [['backend/app/text.py', null, 'def f(a):\n    return a.strip()\n']] }, 'na'],
  ['SQL is needed', { changes: py('cursor.execute("SELECT 1")'), task: { rawSql: 'needed' } }, 'na'],
  ['no mapper in the project', { changes: [['backend/a.go', null, 'package a\nfunc f() { db.Query("SELECT 1") }\n']] }, 'na'],
  ['not parsed', { changes: py('return (Order.objects.count(') }, 'inconclusive'],
  [
    'the base knows a mapper',
    { changes: [['backend/a.py', null, 'cursor.execute("SELECT 1")\n']], base: { 'backend/models.py': 'from django.db import models\n' } },
    'fail',
  ],
])('%s', (_, told, check) => expect(judged(noRawSql, told, syntax).check).toBe(check))
