import { expect, test } from 'vitest'
import { migrations } from '../../src/grading/data-migrations.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type Told, type ToldChange, type ToldProbe } from './evidence-builder.ts'

const syntax = await loadSyntax()
const APP = 'backend/shop/orders'
const step = (follows: string, operations = '') =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [("orders", "${follows}")]\n    operations = [${operations}]\n`
const base = {
  [`${APP}/migrations/0001_initial.py`]: step('').replace('("orders", "")', ''),
  [`${APP}/migrations/0002_add_paid.py`]: step('0001_initial'),
}
const model = (field: string) => `from django.db import models\n\n\nclass Order(models.Model):\n    ${field}\n`
const MODELS: ToldChange = [`${APP}/models.py`, model('a = models.IntegerField()'), model('a = models.IntegerField(null=True)')]
const added = (name: string, follows: string): ToldChange => [`${APP}/migrations/${name}.py`, null, step(follows)]
const fixture = { probes: { migrations: { files: ['backend/**/models.py', 'backend/**/migrations/*.py'] } } }
const probe = (output: string, more: Partial<ToldProbe> = {}): ToldProbe => ({
  name: 'migrations',
  reads: 'text',
  finds: 'Migrations for ',
  output,
  ...more,
})
const clean = probe('No changes detected', { exit: { ended: 'exited', exitCode: 0 } })
const alembic = (revision: string, down: string | null) =>
  `revision = "${revision}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\n`

test.each<[string, Told, readonly string[]]>([
  ['a model without a migration', { changes: [MODELS], base }, ['MIGRATION_MISSING what=Order.a models . IntegerField ( null = True )']],
  [
    'the tool says so',
    {
      changes: [MODELS],
      base,
      fixture,
      probes: [probe("Migrations for 'orders':\n  0003_x.py"), probe('', { on: 'base', exit: { ended: 'exited', exitCode: 0 } })],
    },
    ["MIGRATION_MISSING what=Migrations for 'orders': 0003_x.py"],
  ],
  [
    'a published migration',
    {
      changes: [[`${APP}/migrations/0002_add_paid.py`, base[`${APP}/migrations/0002_add_paid.py`] ?? '', step('0001_initial', 'a')]],
      base,
    },
    [`MIGRATION_EDITED ${APP}/migrations/0002_add_paid.py how=modified`],
  ],
  [
    'a published migration that is gone',
    { changes: [[`${APP}/migrations/0002_add_paid.py`, step('0001_initial'), null]], base },
    [`MIGRATION_EDITED ${APP}/migrations/0002_add_paid.py how=deleted`],
  ],
  [
    'a second end',
    { changes: [added('0003_x', '0001_initial')], base },
    [`MIGRATION_CONFLICT ${APP}/migrations/0003_x.py what=0002_add_paid is an end of the history too`],
  ],
  [
    'a number that is taken',
    { changes: [added('0002_x', '0002_add_paid')], base },
    [`MIGRATION_CONFLICT ${APP}/migrations/0002_x.py what=its number is that of 0002_add_paid`],
  ],
  [
    'a step after nothing',
    { changes: [added('0003_x', '0002_paid')], base },
    [`MIGRATION_CONFLICT ${APP}/migrations/0003_x.py what=it follows 0002_paid, which is not there`],
  ],
  [
    'a second head of Alembic',
    {
      changes: [['backend/alembic/versions/c.py', null, alembic('c', 'a')]],
      base: { 'backend/alembic/versions/a.py': alembic('a', null), 'backend/alembic/versions/b.py': alembic('b', 'a') },
    },
    ['MIGRATION_CONFLICT backend/alembic/versions/c.py what=b is an end of the history too'],
  ],
  [
    'a column of SQLAlchemy',
    {
      changes: [
        [
          'backend/app/models.py',
          'class A(Base):\n    a = mapped_column(Integer)\n',
          'class A(Base):\n    a = mapped_column(Integer)\n    b = mapped_column(Text)\n',
        ],
      ],
      base: { 'backend/alembic/versions/a.py': alembic('a', null) },
    },
    ['MIGRATION_MISSING what=A.b'],
  ],
  [
    'a column of an entity',
    {
      changes: [['backend/src/order.entity.ts', null, 'export class Order {\n  @Property()\n  paid!: boolean\n}\n']],
      base: { 'backend/src/migrations/1-initial.ts': 'export class Initial {}' },
    },
    ['MIGRATION_MISSING what=paid'],
  ],
  [
    'a labelled test, though all else fits',
    {
      changes: [MODELS, added('0003_x', '0002_add_paid')],
      base,
      task: { failToPass: ['m::test_rows_survive'], measures: { 'data/migrations': ['test_rows_*'] } },
      suites: [{ name: 'A', cases: { 'm::test_rows_survive': 'failed' } }],
    },
    ['MIGRATION_FAILS test=m::test_rows_survive status=failed'],
  ],
])('flagged: %s', (_, told, findings) => {
  expect(judged(migrations, told, syntax)).toEqual({ check: 'fail', findings })
})

test.each<[string, Told]>([
  ['a model and its migration', { changes: [MODELS, added('0003_x', '0002_add_paid')], base }],
  ['and the tool agrees', { changes: [MODELS, added('0003_x', '0002_add_paid')], base, fixture, probes: [clean] }],
  ['two after one another', { changes: [MODELS, added('0003_x', '0002_add_paid'), added('0004_y', '0003_x')], base }],
  [
    'the base did not fit either',
    { changes: [MODELS], base, fixture, probes: [probe("Migrations for 'tags'"), probe("Migrations for 'tags'", { on: 'base' })] },
  ],
  [
    'a merge of two ends that the base had',
    {
      changes: [[`${APP}/migrations/0003_merge.py`, null, step('0002_a').replace('[("', '[("orders", "0002_b"), ("')]],
      base: { ...base, [`${APP}/migrations/0002_b.py`]: step('0001_initial') },
    },
  ],
  [
    'only the layout of a published one',
    {
      changes: [[`${APP}/migrations/0002_add_paid.py`, step('0001_initial'), `# a\n${step('0001_initial').replace('[]', '[\n    ]')}`]],
      base,
    },
  ],
  [
    'a published one that the task lets change',
    {
      changes: [[`${APP}/migrations/0002_add_paid.py`, step('0001_initial'), step('0001_initial', 'a')]],
      base,
      task: { mayChange: ['backend/**/0002_*.py'] },
    },
  ],
  [
    'the first one of a new application',
    {
      changes: [['backend/shop/tags/migrations/0001_initial.py', null, step('').replace('("orders", "")', '("orders", "0002_add_paid")')]],
      base,
    },
  ],
])('not flagged: %s', (_, told) => {
  expect(judged(migrations, told, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, Told, string]>([
  ['nothing changed', {}, 'na'],
  [
    'a method of a model',
    {
      changes: [
        [
          `${APP}/models.py`,
          model('a = models.IntegerField()'),
          `${model('a = models.IntegerField()')}\n    def f(self):\n        return 1\n`,
        ],
      ],
      base,
      fixture,
      probes: [clean],
    },
    'na',
  ],
  ['no migrations in the project', { changes: [MODELS] }, 'na'],
  ['the probe is missing', { changes: [MODELS], base, fixture }, 'inconclusive'],
  ['the probe did not run', { changes: [MODELS], base, fixture, probes: [probe('Traceback')] }, 'inconclusive'],
  [
    'the probe took too long',
    { changes: [MODELS], base, fixture, probes: [probe('', { exit: { ended: 'limit', reason: 'wallMs' } })] },
    'inconclusive',
  ],
  ['the model cannot be read', { changes: [[`${APP}/models.py`, null, 'class Order(models.Model:\n    a = (\n']], base }, 'inconclusive'],
])('%s', (_, told, check) => expect(judged(migrations, told, syntax).check).toBe(check))
