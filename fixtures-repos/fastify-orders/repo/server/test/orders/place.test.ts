import { expect, test } from 'vitest';
import { Product, StockMovement } from '../../src/modules/catalog/entities.ts';
import { Order } from '../../src/modules/orders/entities.ts';
import { api } from '../support/api.ts';
import { db, queuedJobs } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeCustomer, makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

test('placing takes the stock of every line and stamps the order', async () => {
  freezeClock('2026-03-09T08:30:15.250Z');
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const mug = await makeProduct(shop, { stock: 5 });
  const pot = await makeProduct(shop, { stock: 2 });
  const order = await makeOrder(shop, {
    lines: [
      { product: mug, quantity: 3 },
      { product: pot, quantity: 2 },
    ],
  });

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ status: 'placed', placed_at: '2026-03-09T08:30:15Z' });
  const stocks = await db().find(Product, { shop }, { orderBy: { id: 'asc' } });
  expect(stocks.map(({ stock }) => stock)).toEqual([2, 0]);
  const movements = await db().find(StockMovement, {}, { orderBy: { id: 'asc' } });
  expect(movements.map(({ delta, reason, reference }) => [delta, reason, reference])).toEqual([
    [-3, 'order', order.publicId],
    [-2, 'order', order.publicId],
  ]);
});

test('placing more than the stock is 409 and changes nothing', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const mug = await makeProduct(shop, { stock: 5 });
  const pot = await makeProduct(shop, { sku: 'POT', stock: 1 });
  const order = await makeOrder(shop, {
    lines: [
      { product: mug, quantity: 3 },
      { product: pot, quantity: 2 },
    ],
  });

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'out_of_stock',
    details: { sku: 'POT', available: 1, wanted: 2 },
  });
  expect((await db().findOneOrFail(Order, order.id)).status).toBe('draft');
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(5);
  expect(await queuedJobs('mail')).toEqual([]);
});

test('two orders placed at the same time cannot take the same units', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const mug = await makeProduct(shop, { stock: 5 });
  const orders = [
    await makeOrder(shop, { lines: [{ product: mug, quantity: 3 }] }),
    await makeOrder(shop, { lines: [{ product: mug, quantity: 3 }] }),
  ];

  const answers = await Promise.all(
    orders.map(({ publicId }) =>
      api(clerk).post(`/shops/${shop.publicId}/orders/${publicId}/place`),
    ),
  );

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(2);
});

test('placing twice is 409', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const order = await makeOrder(shop, { status: 'placed' });

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'order_state',
    details: { status: 'placed', wanted: 'placed' },
  });
});

test('an archived product cannot be sold', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const manager = await makeStaff(shop, 'manager');
  const mug = await makeProduct(shop);
  const order = await makeOrder(shop, { lines: [{ product: mug }] });
  await api(manager).post(`/shops/${shop.publicId}/products/${mug.publicId}/archive`);

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('product_archived');
});

test('the customer gets one confirmation', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const customer = await makeCustomer(shop, { name: 'Robin', email: 'robin@mail.example' });
  const mug = await makeProduct(shop, { name: 'Blue mug', price: 1250 });
  const order = await makeOrder(shop, { customer, lines: [{ product: mug, quantity: 2 }] });
  const worker = await startWorker('mail');

  await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);
  await worker.idle();

  expect(outbox).toEqual([
    {
      to: 'robin@mail.example',
      subject: `Your order ${order.number}`,
      text: 'Hello Robin,\n2 x Blue mug\nTotal: 25.00 EUR',
    },
  ]);
});

test('a viewer cannot place an order', async () => {
  const shop = await makeShop();
  const viewer = await makeStaff(shop, 'viewer');
  const order = await makeOrder(shop);

  const answer = await api(viewer).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);

  expect(answer.status).toBe(403);
  expect(answer.body.error.code).toBe('permission_denied');
});
