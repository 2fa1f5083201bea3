import { beforeEach, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openOrm } from '../../src/db/orm.ts';
import { queueNamed } from '../../src/jobs/queues.ts';
import type { User } from '../../src/modules/accounts/entities.ts';
import { issueToken } from '../../src/modules/accounts/service.ts';
import { AuditEvent } from '../../src/modules/audit/entities.ts';
import { Product, StockMovement } from '../../src/modules/catalog/entities.ts';
import { Order, OrderLine } from '../../src/modules/orders/entities.ts';
import type { OrderStatus } from '../../src/modules/orders/state.ts';
import type { Shop } from '../../src/modules/shops/entities.ts';
import { WebhookDelivery } from '../../src/modules/webhooks/entities.ts';
import { api } from '../support/api.ts';
import { db, orm, queuedJobs, settings } from '../support/backend.ts';
import {
  makeOrder,
  makeProduct,
  makeShop,
  makeStaff,
  makeWebhook,
  type WantedLine,
} from '../support/factories.ts';

const secondServer = await buildApp({ orm: await openOrm(settings.databaseFile), settings });

let meanwhile: (() => Promise<void>) | null = null;

orm.em.getEventManager().registerSubscriber({
  async beforeTransactionStart() {
    const work = meanwhile;
    meanwhile = null;
    await work?.();
  },
});

beforeEach(() => {
  meanwhile = null;
});

async function elsewhere(user: User) {
  const em = db();
  const { token } = await issueToken(em, { user: em.merge(user) });
  return async (method: 'POST' | 'PATCH', url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${token}` };
    const options = { method, url: `/api${url}`, headers };
    const answer = await secondServer.inject(payload ? { ...options, payload } : options);
    expect(answer.statusCode).toBe(200);
  };
}

async function ordered(status: OrderStatus, { stock = 10, lowStockThreshold = 0 } = {}) {
  const shop = await makeShop({ alertEmail: 'stock@shop.example' });
  const manager = await makeStaff(shop, 'manager');
  const mug = await makeProduct(shop, { price: 1000, stock, lowStockThreshold });
  const pot = await makeProduct(shop, { price: 500, stock: 50 });
  const order = await makeOrder(shop, {
    status,
    lines: [
      { product: mug, quantity: 2 },
      { product: pot, quantity: 1 },
    ],
  });
  const path = `/shops/${shop.publicId}/orders`;
  const address = `${path}/${order.publicId}`;
  const client = api(manager);
  await client.get(address);
  const other = await elsewhere(manager);
  const sell = async (quantity: number) => {
    const sold = await makeOrder(shop, { lines: [{ product: mug, quantity }] });
    return () => other('POST', `${path}/${sold.publicId}/place`);
  };
  const change = (quantity: number, during: (() => Promise<void>) | null = null) => {
    meanwhile = during;
    return client.patch(`${address}/lines/1`, { quantity });
  };
  return { shop, manager, mug, order, address, other, sell, change };
}

async function stockOf(product: Product) {
  const em = db();
  const movements = await em.find(
    StockMovement,
    { product: product.id },
    { orderBy: { id: 'asc' } },
  );
  return {
    stock: (await em.findOneOrFail(Product, product.id)).stock,
    movements: movements.map(({ delta }) => delta),
  };
}

const quantitiesOf = async (order: Order) =>
  (await db().find(OrderLine, { order: order.id }, { orderBy: { position: 'asc' } })).map(
    ({ quantity }) => quantity,
  );

test('units that are sold meanwhile are not sold again', async () => {
  const { mug, order, sell, change } = await ordered('placed', { stock: 5 });

  const answer = await change(5, await sell(4));

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'out_of_stock',
    details: { sku: mug.sku, available: 1, wanted: 3 },
  });
  expect(await stockOf(mug)).toEqual({ stock: 1, movements: [-4] });
  expect(await quantitiesOf(order)).toEqual([2, 1]);
});

test.each([
  [5, { stock: 3, movements: [-4, -3] }],
  [1, { stock: 7, movements: [-4, 1] }],
])('a sale meanwhile counts when a line becomes %i', async (quantity, expected) => {
  const { mug, order, sell, change } = await ordered('placed');

  const answer = await change(quantity, await sell(4));

  expect(answer.status).toBe(200);
  expect(await stockOf(mug)).toEqual(expected);
  expect(await quantitiesOf(order)).toEqual([quantity, 1]);
});

test('the difference is that to the line as it is when the change is written', async () => {
  const { mug, address, order, other, change } = await ordered('placed');

  const answer = await change(5, () => other('PATCH', `${address}/lines/1`, { quantity: 6 }));

  expect(answer.status).toBe(200);
  expect(await stockOf(mug)).toEqual({ stock: 7, movements: [-4, 1] });
  expect(await quantitiesOf(order)).toEqual([5, 1]);
  const events = await db().find(
    AuditEvent,
    { action: 'order.line_changed' },
    { orderBy: { id: 'asc' } },
  );
  expect(events.map(({ data }) => data)).toMatchObject([
    { from: 2, to: 6 },
    { from: 6, to: 5 },
  ]);
});

test('the totals count another line that was changed meanwhile', async () => {
  const { address, other, change } = await ordered('placed');

  const answer = await change(3, () => other('PATCH', `${address}/lines/2`, { quantity: 4 }));

  expect(answer.body.total.amount).toBe(5000);
  expect(answer.body.lines.map(({ quantity }: { quantity: number }) => quantity)).toEqual([3, 4]);
});

test('an order that was cancelled meanwhile takes nothing', async () => {
  const { mug, address, order, other, change } = await ordered('placed');

  const answer = await change(5, () => other('POST', `${address}/cancel`));

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'order_state',
    details: { status: 'cancelled' },
  });
  expect(await stockOf(mug)).toEqual({ stock: 12, movements: [2] });
  expect(await quantitiesOf(order)).toEqual([2, 1]);
});

test('a draft that was placed meanwhile takes the difference', async () => {
  const { mug, address, other, change } = await ordered('draft');

  const answer = await change(5, () => other('POST', `${address}/place`));

  expect(answer.status).toBe(200);
  expect(answer.body.status).toBe('placed');
  expect(await stockOf(mug)).toEqual({ stock: 5, movements: [-2, -3] });
});

test('a line that takes the stock down to its threshold alerts the shop', async () => {
  const { mug, change } = await ordered('placed', { stock: 6, lowStockThreshold: 4 });

  await change(3);
  expect(await queuedJobs('stock')).toEqual([]);
  await change(4);

  expect(await queuedJobs('stock')).toMatchObject([{ payload: { productId: mug.publicId } }]);
});

test('a line that stays as it is moves nothing', async () => {
  const { mug, change } = await ordered('placed');

  expect((await change(2)).status).toBe(200);
  expect(await stockOf(mug)).toEqual({ stock: 10, movements: [] });
});

async function delivered(wanted: (shop: Shop) => Promise<WantedLine[]>) {
  const shop = await makeShop({ alertEmail: 'stock@shop.example' });
  const clerk = await makeStaff(shop, 'clerk');
  await makeWebhook(shop);
  const lines = await wanted(shop);
  const source = await makeOrder(shop, { status: 'delivered', lines });
  const path = `/shops/${shop.publicId}/orders`;
  const client = api(clerk);
  await client.get(path);
  const again = () => client.post(`${path}/${source.publicId}/reorder`);
  return { lines, again };
}

async function traces() {
  const em = db();
  const queued = await Promise.all(
    (['mail', 'stock', 'webhooks'] as const).map((name) => queueNamed(name).count()),
  );
  return {
    orders: await em.count(Order),
    lines: await em.count(OrderLine),
    movements: await em.count(StockMovement),
    events: await em.count(AuditEvent),
    deliveries: await em.count(WebhookDelivery),
    stocks: (await em.find(Product, {}, { orderBy: { id: 'asc' } })).map(({ stock }) => stock),
    queued,
  };
}

test('a reorder of which one line is out of stock leaves nothing', async () => {
  const { again } = await delivered(async (shop) => [
    { product: await makeProduct(shop, { stock: 5, lowStockThreshold: 4 }), quantity: 2 },
    { product: await makeProduct(shop, { sku: 'POT', stock: 1 }), quantity: 3 },
  ]);
  const before = await traces();

  const answer = await again();

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'out_of_stock',
    details: { sku: 'POT', available: 1, wanted: 3 },
  });
  expect(await traces()).toEqual(before);
});

test('a reorder with an archived product leaves nothing', async () => {
  const { lines, again } = await delivered(async (shop) => [
    { product: await makeProduct(shop, { stock: 5 }), quantity: 2 },
    { product: await makeProduct(shop, { stock: 5 }), quantity: 1 },
  ]);
  const em = db();
  (await em.findOneOrFail(Product, lines[1]?.product.id ?? 0)).archivedAt = new Date();
  await em.flush();
  const before = await traces();

  const answer = await again();

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('product_archived');
  expect(await traces()).toEqual(before);
});

test('two lines of a product that is left for one of them leave nothing', async () => {
  const { again } = await delivered(async (shop) => {
    const product = await makeProduct(shop, { stock: 3 });
    return [
      { product, quantity: 2 },
      { product, quantity: 2 },
    ];
  });
  const before = await traces();

  const answer = await again();

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('out_of_stock');
  expect(await traces()).toEqual(before);
});

test('a reorder that works takes the stock of all lines and confirms once', async () => {
  const { lines, again } = await delivered(async (shop) => [
    { product: await makeProduct(shop, { stock: 5 }), quantity: 2 },
    { product: await makeProduct(shop, { stock: 5 }), quantity: 5 },
  ]);

  const { status, body } = await again();

  expect(status).toBe(201);
  expect(await Promise.all(lines.map(({ product }) => stockOf(product)))).toEqual([
    { stock: 3, movements: [-2] },
    { stock: 0, movements: [-5] },
  ]);
  expect(await queuedJobs('mail')).toMatchObject([{ payload: { orderId: body.id } }]);
  expect(await db().count(WebhookDelivery)).toBe(1);
});
