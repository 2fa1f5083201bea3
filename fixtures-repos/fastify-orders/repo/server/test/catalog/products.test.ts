import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { freezeClock } from '../support/clock.ts';
import { makeProduct, makeShop, makeStaff } from '../support/factories.ts';

async function managed() {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  return { shop, manager, path: `/shops/${shop.publicId}/products` };
}

const names = (body: { items: { name: string }[] }) =>
  body.items.map(({ name }) => name).toSorted();

test('a new product answers everything about it', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { manager, path } = await managed();

  const answer = await api(manager).post(path, {
    sku: ' MUG-1 ',
    name: 'Blue mug',
    price: 1250,
    stock: 4,
    low_stock_threshold: 4,
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^prd_/),
    sku: 'MUG-1',
    name: 'Blue mug',
    slug: 'blue-mug',
    price: { amount: 1250, currency: 'EUR' },
    stock: 4,
    low_stock: true,
    low_stock_threshold: 4,
    archived: false,
    created_at: '2026-03-09T08:30:15Z',
  });
});

test('the first stock is a movement', async () => {
  const { manager, path } = await managed();
  const { body } = await api(manager).post(path, { sku: 'A', name: 'A', price: 1, stock: 4 });

  const movements = await api(manager).get(`${path}/${body.id}/movements`);

  expect(movements.body.items).toMatchObject([
    { delta: 4, reason: 'received', actor: { id: manager.publicId } },
  ]);
});

test('a SKU is taken whatever its case', async () => {
  const { shop, manager, path } = await managed();
  await makeProduct(shop, { sku: 'mug-1' });

  const answer = await api(manager).post(path, { sku: 'MUG-1', name: 'B', price: 1 });

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'sku_taken', field: 'sku' });
});

test('two shops can use the same SKU', async () => {
  const { manager, path } = await managed();
  await makeProduct(await makeShop(), { sku: 'MUG-1' });

  expect((await api(manager).post(path, { sku: 'MUG-1', name: 'B', price: 1 })).status).toBe(201);
});

test('a product keeps its own SKU when it is changed', async () => {
  const { shop, manager, path } = await managed();
  const product = await makeProduct(shop, { sku: 'MUG-1' });

  const answer = await api(manager).patch(`${path}/${product.publicId}`, {
    sku: 'Mug-1',
    price: 5,
  });

  expect(answer.body).toMatchObject({ sku: 'Mug-1', price: { amount: 5, currency: 'EUR' } });
});

test('products of the same name get different slugs', async () => {
  const { manager, path } = await managed();
  const create = (sku: string) => api(manager).post(path, { sku, name: 'Mug', price: 1 });

  expect((await create('A')).body.slug).toBe('mug');
  expect((await create('B')).body.slug).toBe('mug-2');
});

test('stock is not changed through the product', async () => {
  const { shop, manager, path } = await managed();
  const product = await makeProduct(shop);

  const answer = await api(manager).patch(`${path}/${product.publicId}`, { stock: 99 });

  expect(answer.status).toBe(422);
  expect(answer.body.error.field).toBe('stock');
});

test('an archived product leaves the list and cannot be changed', async () => {
  const { shop, manager, path } = await managed();
  const mug = await makeProduct(shop, { name: 'Mug' });
  await makeProduct(shop, { name: 'Pot' });

  const archived = await api(manager).post(`${path}/${mug.publicId}/archive`);

  expect(archived.body.archived).toBe(true);
  expect(names((await api(manager).get(path)).body)).toEqual(['Pot']);
  expect(names((await api(manager).get(`${path}?archived=true`)).body)).toEqual(['Mug']);
  const change = await api(manager).patch(`${path}/${mug.publicId}`, { name: 'Cup' });
  expect(change.body.error.code).toBe('product_archived');
});

test('a search finds the beginning of a SKU and any part of a name', async () => {
  const { shop, manager, path } = await managed();
  await makeProduct(shop, { sku: 'MUG-1', name: 'Blue cup' });
  await makeProduct(shop, { sku: 'POT-1', name: 'Mugwort tea' });
  await makeProduct(shop, { sku: 'TEA-1', name: 'Green tea' });

  expect(names((await api(manager).get(`${path}?q=mug`)).body)).toEqual([
    'Blue cup',
    'Mugwort tea',
  ]);
});

test('low stock is at or below the threshold', async () => {
  const { shop, manager, path } = await managed();
  await makeProduct(shop, { name: 'At', stock: 3, lowStockThreshold: 3 });
  await makeProduct(shop, { name: 'Above', stock: 4, lowStockThreshold: 3 });
  await makeProduct(shop, { name: 'Below', stock: 2, lowStockThreshold: 3 });

  expect(names((await api(manager).get(`${path}?low_stock=true`)).body)).toEqual(['At', 'Below']);
});

test('a clerk cannot create products and a viewer can read them', async () => {
  const { shop, path } = await managed();
  const product = await makeProduct(shop);
  const clerk = await makeStaff(shop, 'clerk');
  const viewer = await makeStaff(shop, 'viewer');

  expect((await api(clerk).post(path, { sku: 'A', name: 'A', price: 1 })).status).toBe(403);
  expect((await api(viewer).get(`${path}/${product.publicId}`)).status).toBe(200);
});

test('a product of another shop is 404', async () => {
  const { manager, path } = await managed();
  const product = await makeProduct(await makeShop());

  const answer = await api(manager).get(`${path}/${product.publicId}`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('product_not_found');
});
