import { expect, test } from 'vitest';
import { Export } from '../../src/modules/exports/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeCustomer, makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { startWorker } from '../support/worker.ts';

async function managed() {
  const shop = await makeShop({ taxBasisPoints: 1900 });
  const manager = await makeStaff(shop, 'manager', 'Kim');
  return { shop, manager, path: `/shops/${shop.publicId}/exports` };
}

test('an export is queued', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { manager, path } = await managed();

  const answer = await api(manager).post(path, { kind: 'orders', from: '2026-03-01' });

  expect(answer.status).toBe(202);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^exp_/),
    kind: 'orders',
    status: 'queued',
    from: '2026-03-01',
    to: null,
    rows: null,
    requested_by: 'Kim',
    finished_at: null,
    downloaded_at: null,
    created_at: '2026-03-09T08:30:15Z',
  });
});

test('an export of orders holds those that were placed between its days', async () => {
  const { shop, manager, path } = await managed();
  const customer = await makeCustomer(shop, { name: 'Robin; Buyer', email: 'robin@mail.example' });
  const mug = await makeProduct(shop, { sku: 'MUG-1', price: 1250 });
  const lines = [{ product: mug, quantity: 2 }];
  const order = async (day: string) =>
    makeOrder(shop, { status: 'paid', customer, lines, placedAt: new Date(`${day}T12:00:00Z`) });
  await order('2026-02-28');
  const { number } = await order('2026-03-01');
  await order('2026-03-03');
  await makeOrder(shop, { customer, lines });
  const worker = await startWorker('exports');

  const { body } = await api(manager).post(path, {
    kind: 'orders',
    from: '2026-03-01',
    to: '2026-03-02',
  });
  await worker.idle();

  expect((await api(manager).get(`${path}/${body.id}`)).body).toMatchObject({
    status: 'ready',
    rows: 1,
  });
  const download = await api(manager).get(`${path}/${body.id}/download`);
  expect(download.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(download.text.split('\r\n')).toEqual([
    'Number;Date;Customer;E-Mail;Items;Net;Tax;Total;Currency;Status',
    `${number};01.03.2026;"Robin; Buyer";robin@mail.example;2x MUG-1;25,00;4,75;29,75;EUR;B`,
    '',
  ]);
});

test('an export of customers is sorted by name', async () => {
  const { shop, manager, path } = await managed();
  await makeCustomer(shop, { name: 'Zoe', email: 'zoe@mail.example' });
  await makeCustomer(shop, { name: 'adam', email: 'adam@mail.example' });
  const worker = await startWorker('exports');

  const { body } = await api(manager).post(path, { kind: 'customers' });
  await worker.idle();

  const download = await api(manager).get(`${path}/${body.id}/download`);
  expect(download.text).toBe(
    'Name;E-Mail;Phone;Note\r\nadam;adam@mail.example;;\r\nZoe;zoe@mail.example;;\r\n',
  );
});

test('an export that is not ready cannot be downloaded', async () => {
  const { manager, path } = await managed();
  const { body } = await api(manager).post(path, { kind: 'customers' });

  const answer = await api(manager).get(`${path}/${body.id}/download`);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'export_not_ready',
    details: { status: 'queued' },
  });
});

test('days have to be in order', async () => {
  const { manager, path } = await managed();

  const answer = await api(manager).post(path, {
    kind: 'orders',
    from: '2026-03-02',
    to: '2026-03-01',
  });

  expect(answer.status).toBe(422);
  expect(answer.body.error.field).toBe('to');
});

test('three exports of a shop can wait', async () => {
  const { manager, path } = await managed();
  const request = () => api(manager).post(path, { kind: 'customers' });
  const first = [await request(), await request(), await request()];

  const fourth = await request();

  expect(first.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect(fourth.body.error.code).toBe('too_many_exports');
  expect(await db().count(Export)).toBe(3);
});

test('a clerk cannot export', async () => {
  const { shop, path } = await managed();
  const clerk = await makeStaff(shop, 'clerk');

  expect((await api(clerk).post(path, { kind: 'customers' })).status).toBe(403);
  expect((await api(clerk).get(path)).status).toBe(403);
});
