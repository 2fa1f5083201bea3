import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { openMigrated } from '../../src/db/scratch.ts';
import type { User } from '../../src/modules/accounts/entities.ts';
import { Export, type ExportStatus } from '../../src/modules/exports/entities.ts';
import { Membership, type Shop } from '../../src/modules/shops/entities.ts';
import type { Role } from '../../src/modules/shops/roles.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeShop, makeStaff } from '../support/factories.ts';
import { queriesOf } from '../support/queries.ts';

async function managed() {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  return { shop, manager, path: `/shops/${shop.publicId}/exports` };
}

async function makeExport(path: string, manager: User, status: ExportStatus = 'ready') {
  const { body } = await api(manager).post(path, { kind: 'customers' });
  const em = db();
  const found = await em.findOneOrFail(Export, { publicId: body.id });
  found.status = status;
  found.content = status === 'ready' ? 'Name\r\nRobin\r\n' : null;
  await em.flush();
  return found.publicId;
}

async function join(user: User, shop: Shop, role: Role) {
  const em = db();
  em.create(Membership, { user: em.merge(user), shop: em.merge(shop), role });
  await em.flush();
}

async function downloads(path: string, manager: User) {
  const { body } = await api(manager).get(`${path.replace('/exports', '/events')}?limit=100`);
  return body.items
    .filter(({ action }: { action: string }) => action === 'export.downloaded')
    .map(({ subject, actor }: { subject: string; actor: { id: string } }) => [subject, actor.id]);
}

test('the detail of an export of another shop is 404', async () => {
  const mine = await managed();
  const other = await managed();
  const foreign = await makeExport(other.path, other.manager);

  const answer = await api(mine.manager).get(`${mine.path}/${foreign}`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('export_not_found');
});

test.each(['queued', 'ready', 'failed'] as const)(
  'an export of another shop that is %s answers like one that never was',
  async (status) => {
    const mine = await managed();
    const other = await managed();
    const foreign = await makeExport(other.path, other.manager, status);
    const client = api(mine.manager);

    for (const end of ['', '/download']) {
      const answer = await client.get(`${mine.path}/${foreign}${end}`);
      const never = await client.get(`${mine.path}/${newId('export')}${end}`);
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual(never.body);
    }
  },
);

test.each(['viewer', 'manager', 'owner'] as const)(
  'who is %s of the other shop, too, does not find its exports here',
  async (role) => {
    const mine = await managed();
    const other = await managed();
    const foreign = await makeExport(other.path, other.manager);
    await join(mine.manager, other.shop, role);

    for (const end of ['', '/download']) {
      const answer = await api(mine.manager).get(`${mine.path}/${foreign}${end}`);
      expect(answer.status).toBe(404);
    }
    const own = await api(mine.manager).get(`${other.path}/${foreign}/download`);
    expect(own.status).toBe(role === 'viewer' ? 403 : 200);
  },
);

test('a manager reads and downloads what a colleague asked for', async () => {
  const { shop, manager, path } = await managed();
  const exportId = await makeExport(path, manager);
  const colleague = await makeStaff(shop, 'manager');

  expect((await api(colleague).get(`${path}/${exportId}`)).body).toMatchObject({
    id: exportId,
    requested_by: manager.name,
  });
  const download = await api(colleague).get(`${path}/${exportId}/download`);
  expect(download.status).toBe(200);
  expect(download.text).toBe('Name\r\nRobin\r\n');
  expect(download.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(download.headers['content-disposition']).toContain(`${exportId}.csv`);
});

test('every download is an event of whoever downloads', async () => {
  const { shop, manager, path } = await managed();
  const exportId = await makeExport(path, manager);
  const colleague = await makeStaff(shop, 'owner');
  await api(colleague).get(`${path}/${exportId}/download`);
  await api(manager).get(`${path}/${exportId}/download`);

  expect(await downloads(path, manager)).toEqual([
    [exportId, manager.publicId],
    [exportId, colleague.publicId],
  ]);
});

test('exports show the time of their latest download', async () => {
  const clock = freezeClock('2026-03-09T08:30:15.900Z');
  const { manager, path } = await managed();
  const one = await makeExport(path, manager);
  const two = await makeExport(path, manager);
  const client = api(manager);
  const shown = async () => {
    const { body } = await client.get(path);
    const { body: detail } = await client.get(`${path}/${one}`);
    const byId = new Map<string, unknown>(
      body.items.map((each: { id: string; downloaded_at: unknown }) => [
        each.id,
        each.downloaded_at,
      ]),
    );
    return [detail.downloaded_at, byId.get(one), byId.get(two)];
  };

  expect(await shown()).toEqual([null, null, null]);
  clock.advance({ minutes: 1 });
  await client.get(`${path}/${one}/download`);
  expect(await shown()).toEqual(['2026-03-09T08:31:15Z', '2026-03-09T08:31:15Z', null]);
  clock.advance({ days: 2 });
  await client.get(`${path}/${one}/download`);
  expect(await shown()).toEqual(['2026-03-11T08:31:15Z', '2026-03-11T08:31:15Z', null]);
});

test('looking at an export is no download', async () => {
  const { manager, path } = await managed();
  const exportId = await makeExport(path, manager);
  await api(manager).get(`${path}/${exportId}`);
  await api(manager).get(path);

  expect((await api(manager).get(`${path}/${exportId}`)).body.downloaded_at).toBeNull();
  expect(await downloads(path, manager)).toEqual([]);
});

test.each(['queued', 'failed'] as const)(
  'a download that is refused because the export is %s leaves nothing',
  async (status) => {
    const { manager, path } = await managed();
    const exportId = await makeExport(path, manager, status);

    const answer = await api(manager).get(`${path}/${exportId}/download`);

    expect(answer.status).toBe(409);
    expect(answer.body.error).toMatchObject({ code: 'export_not_ready', details: { status } });
    expect((await api(manager).get(`${path}/${exportId}`)).body.downloaded_at).toBeNull();
    expect(await downloads(path, manager)).toEqual([]);
  },
);

test('a download that others may not have leaves nothing', async () => {
  const mine = await managed();
  const other = await managed();
  const foreign = await makeExport(other.path, other.manager);
  const clerk = await makeStaff(other.shop, 'clerk');

  expect((await api(clerk).get(`${other.path}/${foreign}/download`)).status).toBe(403);
  await api(mine.manager).get(`${mine.path}/${foreign}/download`);

  expect((await api(other.manager).get(`${other.path}/${foreign}`)).body.downloaded_at).toBeNull();
  expect(await downloads(other.path, other.manager)).toEqual([]);
  expect(await downloads(mine.path, mine.manager)).toEqual([]);
});

test('the list needs as many queries for many exports as for one', async () => {
  const { manager, path } = await managed();
  const client = api(manager);
  await client.get(`${path}/${await makeExport(path, manager)}/download`);
  const one = await queriesOf(() => client.get(path));
  for (let count = 0; count < 3; count += 1) {
    await client.get(`${path}/${await makeExport(path, manager)}/download`);
  }
  const many = await queriesOf(() => client.get(path));

  expect((await client.get(path)).body.items).toHaveLength(4);
  expect(many).toHaveLength(one.length);
});

test('exports from before survive the migration, there and back', async () => {
  await using scratch = await openMigrated({ silent: true });
  const { orm } = scratch;
  await orm.migrator.down({ to: '0020_index_orders_status' });
  const connection = orm.em.getConnection();
  await connection.execute(
    "insert into user (id, public_id, email, email_key, name, password_hash, created_at) values (1, 'usr_1', 'a@b.example', 'a@b.example', 'Kim', '', 0)",
  );
  await connection.execute(
    "insert into shop (id, public_id, name, slug, currency, created_at) values (1, 'shp_1', 'S', 's', 'EUR', 0)",
  );
  await connection.execute(
    "insert into export (public_id, shop_id, kind, requested_by_id, created_at) values ('exp_1', 1, 'orders', 1, 0)",
  );
  await orm.migrator.up();

  expect(await orm.em.fork().count(Export)).toBe(1);
  expect(await orm.migrator.checkSchema()).toBe(false);
});
