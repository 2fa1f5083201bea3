import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openOrm } from '../../src/db/orm.ts';
import { queueNames } from '../../src/jobs/job.ts';
import { issueToken } from '../../src/modules/accounts/service.ts';
import { AuditEvent } from '../../src/modules/audit/entities.ts';
import { Product, StockMovement } from '../../src/modules/catalog/entities.ts';
import { Order, OrderLine } from '../../src/modules/orders/entities.ts';
import { Shop } from '../../src/modules/shops/entities.ts';
import { WebhookDelivery } from '../../src/modules/webhooks/entities.ts';
import { api } from '../support/api.ts';
import { db, orm, queuedJobs, settings } from '../support/backend.ts';
import { makeOrder, makeProduct, makeShop, makeStaff, makeWebhook } from '../support/factories.ts';
import { outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function waitingJobs() {
  const lists = await Promise.all(queueNames.map((name) => queuedJobs(name)));
  return lists.flat().map(({ name }) => name);
}

async function sourced({ stocks = [5, 1, 5], status = 'delivered' as const } = {}) {
  const shop = await makeShop({ alertEmail: 'stock@shop.example' });
  const clerk = await makeStaff(shop, 'clerk');
  await makeWebhook(shop, ['order.placed']);
  const products: Product[] = [];
  for (const [index, stock] of stocks.entries()) {
    products.push(
      await makeProduct(shop, { sku: `TEA-${index + 1}`, stock, lowStockThreshold: 4 }),
    );
  }
  const lines = products.map((product) => ({ product, quantity: 2 }));
  const source = await makeOrder(shop, { status, lines });
  const path = `/shops/${shop.publicId}/orders/${source.publicId}/reorder`;
  const left = async () => {
    const em = db();
    const found = await em.find(Product, { shop }, { orderBy: { id: 'asc' } });
    return {
      stocks: found.map(({ stock }) => stock),
      orders: await em.count(Order, { shop }),
      lines: await em.count(OrderLine, { order: { shop } }),
      movements: await em.count(StockMovement, { product: { shop } }),
      events: await em.count(AuditEvent, { shop }),
      deliveries: await em.count(WebhookDelivery),
      lastNumber: (await em.findOneOrFail(Shop, shop.id)).lastOrderNumber,
      jobs: await waitingJobs(),
    };
  };
  return { shop, clerk, source, products, path, left, again: () => api(clerk).post(path) };
}

async function change(product: Product | undefined, values: Partial<Product>) {
  await db().nativeUpdate(Product, { id: product?.id ?? 0 }, values);
}

test.each([
  [1, [0, 5, 5]],
  [2, [5, 1, 5]],
  [3, [5, 5, 1]],
])('a reorder that is short of line %i leaves nothing', async (line, stocks) => {
  const { left, again } = await sourced({ stocks });
  const before = await left();

  const answer = await again();

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'out_of_stock',
    details: { sku: `TEA-${line}`, available: stocks[line - 1], wanted: 2 },
  });
  expect(await left()).toEqual(before);
});

test.each([1, 2, 3])('a reorder of which line %i is archived leaves nothing', async (line) => {
  const { products, left, again } = await sourced({ stocks: [5, 5, 5] });
  await change(products[line - 1], { archivedAt: new Date('2026-03-09T08:30:15Z') });
  const before = await left();

  const answer = await again();

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'product_archived',
    details: { sku: `TEA-${line}` },
  });
  expect(await left()).toEqual(before);
});

test('two lines of one product are taken together or not at all', async () => {
  const { shop, clerk, left } = await sourced();
  const product = await makeProduct(shop, { sku: 'POT', stock: 5 });
  const lines = [
    { product, quantity: 3 },
    { product, quantity: 3 },
  ];
  const twice = await makeOrder(shop, { status: 'shipped', lines });
  const before = await left();

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${twice.publicId}/reorder`);

  expect(answer.body.error).toMatchObject({ code: 'out_of_stock', details: { sku: 'POT' } });
  expect(await left()).toEqual(before);
});

test('nobody is told of a reorder that was refused', async () => {
  const { again } = await sourced();
  const worker = await startWorker();

  expect((await again()).status).toBe(409);
  await worker.idle();

  expect(outbox).toEqual([]);
});

test('a reorder that was refused uses up no number and no stock', async () => {
  const { products, left, again } = await sourced();
  const { lastNumber } = await left();
  await again();
  await again();
  await change(products[1], { stock: 2 });

  const answer = await again();

  expect(answer.status).toBe(201);
  expect(answer.body.number).toBe(lastNumber + 1);
  expect(await left()).toMatchObject({ stocks: [3, 0, 3], orders: 2, movements: 3, events: 1 });
});

test('a reorder keeps its movements, its event and its delivery', async () => {
  const { shop, clerk, source, again } = await sourced({ stocks: [5, 9, 5] });

  const { status, body } = await again();

  expect(status).toBe(201);
  expect(body).toMatchObject({ status: 'placed', lines: [{ line: 1 }, { line: 2 }, { line: 3 }] });
  const em = db();
  const movements = await em.find(StockMovement, { product: { shop } }, { orderBy: { id: 'asc' } });
  expect(movements).toHaveLength(3);
  for (const movement of movements) {
    expect(movement).toMatchObject({ delta: -2, reason: 'order', reference: body.id });
    expect(movement.actor?.id).toBe(clerk.id);
  }
  expect(await em.find(AuditEvent, { shop })).toMatchObject([
    { action: 'order.placed', subject: body.id, data: { reorder_of: source.publicId } },
  ]);
  expect(await em.find(WebhookDelivery, {})).toMatchObject([
    { topic: 'order.placed', body: { order: body } },
  ]);
  expect((await waitingJobs()).toSorted()).toEqual([
    'deliver',
    'low-stock-alert',
    'low-stock-alert',
    'order-confirmation',
  ]);
});

test('nothing is queued for a reorder that is not stored yet', async () => {
  const { again, left } = await sourced({ stocks: [5, 9, 5] });
  const queued: string[][] = [];
  let watching = true;
  orm.em.getEventManager().registerSubscriber({
    async beforeTransactionCommit() {
      if (watching) {
        queued.push(await waitingJobs());
      }
    },
  });
  onTestFinished(() => {
    watching = false;
  });

  expect((await again()).status).toBe(201);

  watching = false;
  expect(queued.flat()).toEqual([]);
  expect((await left()).jobs).toHaveLength(4);
});

async function otherServer(beforeQuery: (sql: string) => void) {
  const other = await openOrm(settings.databaseFile, {
    onQuery: (sql) => {
      beforeQuery(sql);
      return sql;
    },
  });
  const server = await buildApp({ orm: other, settings });
  onTestFinished(async () => {
    await server.close();
    await other.close();
  });
  return server;
}

test.each([
  ['the order is written', /^insert into .orders./iu],
  ['its lines are written', /^insert into .order_line/iu],
  ['the first stock is taken', /^update .product./iu],
  ['the movement is written', /^insert into .stock_movement/iu],
])('stock that others take just before %s leaves no half order', async (_what, statement) => {
  const { clerk, products, path, left } = await sourced({ stocks: [5, 9, 5] });
  const { token } = await issueToken(db(), { user: db().merge(clerk) });
  const intruder = new DatabaseSync(settings.databaseFile, { timeout: 0 });
  onTestFinished(() => intruder.close());
  const take = intruder.prepare('update product set stock = 1 where id = ?');
  let tries = 0;
  const server = await otherServer((sql) => {
    if (statement.test(sql) && tries === 0) {
      tries += 1;
      try {
        take.run(products[2]?.id ?? 0);
      } catch (error) {
        expect(error).toMatchObject({ errstr: 'database is locked' });
      }
    }
  });
  const before = await left();

  const answer = await server.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: { authorization: `Bearer ${token}` },
  });

  const after = await left();
  const taken = answer.statusCode === 201;
  expect([201, 409]).toContain(answer.statusCode);
  expect(after).toMatchObject({
    orders: before.orders + (taken ? 1 : 0),
    lines: before.lines + (taken ? 3 : 0),
    movements: taken ? 3 : 0,
    events: taken ? 1 : 0,
    lastNumber: before.lastNumber + (taken ? 1 : 0),
  });
  expect(after.stocks.slice(0, 2)).toEqual(taken ? [3, 7] : [5, 9]);
});

test('of two reorders of the last units one is whole and one leaves nothing', async () => {
  const { clerk, path, left, again } = await sourced({ stocks: [5, 9, 3] });
  const { token } = await issueToken(db(), { user: db().merge(clerk) });
  const server = await otherServer(() => undefined);
  const before = await left();

  const answers = await Promise.all([
    again().then(({ status }) => status),
    server
      .inject({
        method: 'POST',
        url: `/api${path}`,
        headers: { authorization: `Bearer ${token}` },
      })
      .then(({ statusCode }) => statusCode),
  ]);

  expect(answers.toSorted()).toEqual([201, 409]);
  expect(await left()).toMatchObject({
    stocks: [3, 7, 1],
    orders: before.orders + 1,
    lines: before.lines + 3,
    movements: 3,
    events: 1,
    lastNumber: before.lastNumber + 1,
  });
});
