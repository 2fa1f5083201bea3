import type { Told, ToldChange } from '../../test/grading/evidence-builder.ts'
import { type RuleCases, tree } from '../rule-cases.ts'

const py = (after: string, before: string | null = null): Told => ({ changes: [['backend/a/services.py', before, after]] })
const ts = (after: string): Told => ({ changes: [['backend/a.ts', null, after]] })
const at = (path: string, after: string): Told => ({ changes: [[path, null, after]] })
const ORM = 'from django.db import connection, models\n\n\n'

const APP = 'backend/shop/orders'
const step = (follows: string): string =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [("orders", "${follows}")]\n    operations = []\n`
const base = {
  [`${APP}/migrations/0001_initial.py`]: step('').replace('("orders", "")', ''),
  [`${APP}/migrations/0002_add_paid.py`]: step('0001_initial'),
}
const model = (field: string): string => `from django.db import models\n\n\nclass Order(models.Model):\n    ${field}\n`
const MODELS: ToldChange = [`${APP}/models.py`, model('a = models.IntegerField()'), model('a = models.IntegerField(null=True)')]
const added = (name: string, follows: string): ToldChange => [`${APP}/migrations/${name}.py`, null, step(follows)]

const two = '    Order.objects.create(a=a)\n    Line.objects.create(a=a)\n'
const task = (body: string): Told => py(`@shared_task\ndef deliver(order_id):\n    order = Order.objects.get(id=order_id)\n    ${body}\n`)

/** The rules of the data layer. */
export const dataCases: readonly RuleCases[] = [
  {
    rule: 'data/no-raw-sql',
    flags: tree({
      'a raw query': py(`${ORM}def f():\n    return Order.objects.raw("SELECT * FROM orders")\n`),
      'a cursor': py(`${ORM}def f():\n    with connection.cursor() as cursor:\n        cursor.execute("SELECT 1 FROM orders")\n`),
      extra: py(`${ORM}def f():\n    return Order.objects.extra(where=["paid = 1"])\n`),
      RawSQL: py('from django.db.models.expressions import RawSQL\n\ndef f():\n    return Order.objects.annotate(a=RawSQL("1", []))\n'),
      'text of SQLAlchemy': py('from sqlalchemy import text\n\ndef f(session):\n    return session.execute(text("DELETE FROM orders"))\n'),
      Prisma: ts("import { PrismaClient } from '@prisma/client'\nconst f = (prisma) => prisma.$queryRawUnsafe('SELECT 1')\n"),
    }),
    leaves: tree({
      'the object mapper': py(`${ORM}def f():\n    return Order.objects.filter(a=1).select_related("b")\n`),
      'a pool that executes': py(`${ORM}def f(pool, order):\n    order.save()\n    return pool.execute(order)\n`),
      'a request that is raw': py(`${ORM}def f(request):\n    Order.objects.count()\n    return request.raw\n`),
      'a migration': at('backend/a/migrations/0002_a.py', `${ORM}def f(a, b):\n    b.execute("UPDATE orders SET a = 1")\n`),
      'a task that needs it': { ...py(`${ORM}def f():\n    return Order.objects.raw("SELECT 1")\n`), task: { rawSql: 'needed' } },
      'a sentence that begins like a statement': py(`${ORM}def f(order):\n    order.save()\n    return "Select an order"\n`),
    }),
  },
  {
    rule: 'data/migrations',
    flags: tree({
      'a model without a migration': { changes: [MODELS], base },
      'a published migration': {
        changes: [[`${APP}/migrations/0002_add_paid.py`, base[`${APP}/migrations/0002_add_paid.py`] ?? '', step('0000_none')]],
        base,
      },
      'a published migration that is gone': { changes: [[`${APP}/migrations/0002_add_paid.py`, step('0001_initial'), null]], base },
      'a second end': { changes: [added('0003_x', '0001_initial')], base },
      'a number that is taken': { changes: [added('0002_x', '0002_add_paid')], base },
      'a step after nothing': { changes: [added('0003_x', '0002_paid')], base },
    }),
    leaves: tree({
      'a model and its migration': { changes: [MODELS, added('0003_x', '0002_add_paid')], base },
      'a method of a model': {
        changes: [
          [
            `${APP}/models.py`,
            model('a = models.IntegerField()'),
            model('a = models.IntegerField()\n\n    def b(self):\n        return 1'),
          ],
        ],
        base,
      },
      'no model': { ...py('def f():\n    return 1\n'), base },
      'the layout of a published migration': {
        changes: [
          [
            `${APP}/migrations/0002_add_paid.py`,
            step('0001_initial'),
            step('0001_initial').replace('operations = []', 'operations = [\n    ]'),
          ],
        ],
        base,
      },
      'a form field': { ...py('class F(Form):\n    a = CharField\n'), base },
    }),
  },
  {
    rule: 'data/query-count',
    flags: tree({
      'a query in a loop': py('def f(rows):\n    for row in rows:\n        Line.objects.filter(row=row).count()\n'),
      'a comprehension': py('def f(rows):\n    return [Line.objects.get(row=row) for row in rows]\n'),
      'a loop in TypeScript': ts(
        'async function f(rows) {\n  for (const row of rows) {\n    await this.lineRepository.findOne({ where: { row } })\n  }\n}\n',
      ),
      'a map in TypeScript': ts(
        'async function f(rows) {\n  return Promise.all(rows.map(async (row) => prisma.line.findMany({ where: { row } })))\n}\n',
      ),
      'a field of a serializer': py(
        'class OrderSerializer(serializers.ModelSerializer):\n    def get_lines(self, order):\n        return order.lines.filter(paid=True).count()\n',
      ),
    }),
    leaves: tree({
      'what a loop runs over': py('def f():\n    for row in Order.objects.filter(a=1):\n        g(row)\n'),
      'a comprehension over a query': py('def f():\n    return [row.a for row in Order.objects.all()]\n'),
      'a loop over a few constants': py('def f():\n    for role in ROLES:\n        Seat.objects.filter(role=role).count()\n'),
      'one query before the loop': py(
        'def f(rows):\n    found = Order.objects.in_bulk(rows)\n    return [found.get(row.id) for row in rows]\n',
      ),
      'a dictionary in a loop': py('def f(rows):\n    Order.objects.count()\n    for row in rows:\n        row.get("a")\n'),
      'a test': at('backend/a/tests/test_a.py', 'def test_a(rows):\n    for row in rows:\n        A.objects.get(a=row)\n'),
    }),
  },
  {
    rule: 'data/transaction',
    flags: tree({
      'two saves': py(`def f(a):\n${two}`),
      'a save and a delete': py('def f(a):\n    a.save()\n    a.lines.delete()\n'),
      'one inside and one outside': py('def f(a):\n    with transaction.atomic():\n        a.save()\n        b.save()\n    c.save()\n'),
      'two commits': py('def f(session):\n    session.add(a)\n    session.commit()\n    session.add(b)\n    session.commit()\n'),
      Prisma: ts('async function f() {\n  await prisma.order.create({})\n  await prisma.line.createMany({})\n}\n'),
    }),
    leaves: tree({
      'a decorator': py(`@transaction.atomic\ndef f(a):\n${two}`),
      'a block': py('def f(a):\n    with transaction.atomic():\n        a.save()\n        b.save()\n'),
      'one branch or the other': py('def f(a):\n    if a:\n        a.save()\n    else:\n        b.save()\n'),
      'a branch that leaves': py('def f(a):\n    if a:\n        a.save()\n        return a\n    b.save()\n    return b\n'),
      'a part of a larger work': py(`@transaction.atomic\ndef f(a):\n    _g(a)\n\n\ndef _g(a):\n${two}`),
      'requests are transactions': {
        ...py(`def f(a):\n${two}`),
        base: { 'backend/config/settings/base.py': 'DATABASES["default"]["ATOMIC_REQUESTS"] = True\n' },
      },
      'dictionaries and clients': py('def f(a):\n    a.update(b)\n    client.delete("/a/")\n'),
    }),
  },
  {
    rule: 'data/idempotent-task',
    flags: tree({
      'a creation': task('Notice.objects.create(order=order)'),
      'a bulk creation': task('Notice.objects.bulk_create([Notice(order=order)])'),
      'a mail': task('send_mail("a", "b", None, [order.email])'),
      'a call of another service': task('requests.post(URL, json={})'),
      'a task of an app': py('@app.task(bind=True)\ndef f(self, a):\n    Notice.objects.create(a=a)\n'),
    }),
    leaves: tree({
      'a look at the state': task('if order.delivered_at:\n        return\n    Notice.objects.create(order=order)'),
      'a lock': task('Order.objects.select_for_update().get(id=order_id)\n    Notice.objects.create(order=order)'),
      'a refused duplicate': task('try:\n        Notice.objects.create(order=order)\n    except IntegrityError:\n        pass'),
      get_or_create: task('Notice.objects.get_or_create(order=order)'),
      'a service that does it': task('services.deliver(order=order)'),
      'no task': py('def deliver(order):\n    Notice.objects.create(order=order)\n'),
    }),
  },
]
