import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { queuedJobs } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function stocked(stock: number, lowStockThreshold = 0, alertEmail: string | null = null) {
  const shop = await makeShop({ alertEmail });
  const clerk = await makeStaff(shop, 'clerk');
  const product = await makeProduct(shop, { sku: 'MUG-1', stock, lowStockThreshold });
  const path = `/shops/${shop.publicId}/products/${product.publicId}`;
  return {
    clerk,
    path,
    adjust: (delta: number) => api(clerk).post(`${path}/stock`, { delta, reason: 'correction' }),
  };
}

test('stock is adjusted up and down', async () => {
  const { adjust } = await stocked(5);

  expect((await adjust(3)).body.stock).toBe(8);
  expect((await adjust(-8)).body.stock).toBe(0);
});

test('stock cannot fall below zero', async () => {
  const { adjust } = await stocked(5);

  const answer = await adjust(-6);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 5 } });
});

test.each([{ delta: 0 }, { delta: 1.5 }, { reason: 'order' }])('%o is 422', async (wrong) => {
  const { clerk, path } = await stocked(5);

  const answer = await api(clerk).post(`${path}/stock`, { delta: 1, reason: 'received', ...wrong });

  expect(answer.status).toBe(422);
});

test('movements are listed newest first', async () => {
  const clock = freezeClock('2026-03-09T08:00:00Z');
  const { clerk, path, adjust } = await stocked(5);
  for (const delta of [1, 2, 3]) {
    clock.advance({ seconds: 1 });
    await adjust(delta);
  }

  const first = await api(clerk).get(`${path}/movements?limit=2`);
  const second = await api(clerk).get(`${path}/movements?limit=2&cursor=${first.body.page.next}`);

  expect(first.body.items.map(({ delta }: { delta: number }) => delta)).toEqual([3, 2]);
  expect(second.body.items.map(({ delta }: { delta: number }) => delta)).toEqual([1]);
});

test('the shop is told when stock falls to the threshold', async () => {
  const { adjust } = await stocked(5, 3, 'stock@shop.example');
  const worker = await startWorker('stock');

  await adjust(-2);
  await worker.idle();

  expect(outbox).toEqual([
    { to: 'stock@shop.example', subject: 'MUG-1 is running low', text: '3 of Blue mug are left.' },
  ]);
});

test('nobody is told when stock was low before', async () => {
  const { adjust } = await stocked(3, 3, 'stock@shop.example');

  await adjust(-1);

  expect(await queuedJobs('stock')).toEqual([]);
});

test('nobody is told when stock has recovered meanwhile', async () => {
  const { adjust } = await stocked(5, 3, 'stock@shop.example');
  await adjust(-2);
  await adjust(10);
  const worker = await startWorker('stock');
  await worker.idle();

  expect(outbox).toEqual([]);
});

test('a viewer cannot adjust stock', async () => {
  const shop = await makeShop();
  const viewer = await makeStaff(shop, 'viewer');
  const product = await makeProduct(shop);
  const path = `/shops/${shop.publicId}/products/${product.publicId}/stock`;

  expect((await api(viewer).post(path, { delta: 1, reason: 'received' })).status).toBe(403);
});
