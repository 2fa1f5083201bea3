import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openMigrated } from '../../src/db/scratch.ts';

const folder = join(import.meta.dirname, '..', '..', 'src', 'db', 'migrations');

test('the migrations make the schema of the entities', async () => {
  await using scratch = await openMigrated({ silent: true });

  expect(await scratch.orm.migrator.checkSchema()).toBe(false);
});

test('customers that were there before get their name key', async () => {
  await using scratch = await openMigrated({ silent: true });
  const { orm } = scratch;
  await orm.migrator.down({ to: '0008_create_shipments' });
  const connection = orm.em.getConnection();
  await connection.execute(
    "insert into shop (id, public_id, name, slug, currency, created_at) values (1, 'shp_1', 'S', 's', 'EUR', 0)",
  );
  await connection.execute(
    "insert into customer (public_id, shop_id, email, email_key, name) values ('cus_1', 1, 'a@b.example', 'a@b.example', 'Jörg  STRAẞE')",
  );
  await orm.migrator.up();

  const [row] = await connection.execute('select name_key from customer');
  expect(row).toEqual({ name_key: 'jörg strasse' });
});

test('migrations are numbered without gaps', async () => {
  const numbers = (await readdir(folder)).toSorted().map((name) => Number(name.slice(0, 4)));

  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});
