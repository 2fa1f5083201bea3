import { expect, test } from 'vitest';
import { AuditEvent } from '../../src/modules/audit/entities.ts';
import { Order } from '../../src/modules/orders/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeCustomer, makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { queriesOf } from '../support/queries.ts';

async function ready(taxBasisPoints = 0) {
  const shop = await makeShop({ taxBasisPoints });
  const clerk = await makeStaff(shop, 'clerk');
  const customer = await makeCustomer(shop, { name: 'Robin' });
  return { shop, clerk, customer, path: `/shops/${shop.publicId}/orders` };
}

const numbers = (body: { items: { number: number }[] }) => body.items.map(({ number }) => number);

test('a new order is a draft with the prices of today', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { shop, clerk, customer, path } = await ready(1900);
  const mug = await makeProduct(shop, { sku: 'MUG-1', name: 'Blue mug', price: 1250 });

  const answer = await api(clerk).post(path, {
    customer_id: customer.publicId,
    lines: [{ product_id: mug.publicId, quantity: 3 }],
    shipping_address: '1 Long Road',
  });

  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^ord_/),
    number: 1001,
    status: 'draft',
    customer: { id: customer.publicId, name: 'Robin' },
    total: eur(4462),
    placed_at: null,
    created_at: '2026-03-09T08:30:15Z',
    lines: [
      {
        line: 1,
        product_id: mug.publicId,
        sku: 'MUG-1',
        name: 'Blue mug',
        unit_price: eur(1250),
        quantity: 3,
        discount: eur(0),
        tax: eur(712),
      },
    ],
    subtotal: eur(3750),
    discount: eur(0),
    tax: eur(712),
    note: '',
    shipping_address: '1 Long Road',
    paid_at: null,
    shipped_at: null,
    delivered_at: null,
    cancelled_at: null,
  });
});

test('a discount is spread over the lines before tax', async () => {
  const { shop, clerk, customer, path } = await ready(1000);
  const mug = await makeProduct(shop, { price: 1000 });
  const pot = await makeProduct(shop, { price: 500 });

  const { body } = await api(clerk).post(path, {
    customer_id: customer.publicId,
    lines: [
      { product_id: mug.publicId, quantity: 1 },
      { product_id: pot.publicId, quantity: 1 },
    ],
    discount: 100,
  });

  const amounts = body.lines.map(
    (line: { discount: { amount: number }; tax: { amount: number } }) => [
      line.discount.amount,
      line.tax.amount,
    ],
  );
  expect(amounts).toEqual([
    [67, 93],
    [33, 47],
  ]);
  expect([body.subtotal.amount, body.tax.amount, body.total.amount]).toEqual([1500, 140, 1540]);
});

test('a discount above the order is 422', async () => {
  const { shop, clerk, customer, path } = await ready();
  const mug = await makeProduct(shop, { price: 1000 });

  const answer = await api(clerk).post(path, {
    customer_id: customer.publicId,
    lines: [{ product_id: mug.publicId, quantity: 1 }],
    discount: 1001,
  });

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ code: 'discount_too_high', field: 'discount' });
  expect(await db().count(Order)).toBe(0);
});

test('a product that the shop does not have is 422', async () => {
  const { shop, clerk, customer, path } = await ready();
  const mine = await makeProduct(shop);
  const other = await makeProduct(await makeShop());

  const answer = await api(clerk).post(path, {
    customer_id: customer.publicId,
    lines: [
      { product_id: mine.publicId, quantity: 1 },
      { product_id: other.publicId, quantity: 1 },
    ],
  });

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ code: 'unknown_product', field: 'lines.1.product_id' });
});

test('orders of a shop are numbered one after the other', async () => {
  const { shop, clerk, customer, path } = await ready();
  const mug = await makeProduct(shop);
  const lines = [{ product_id: mug.publicId, quantity: 1 }];
  const create = () => api(clerk).post(path, { customer_id: customer.publicId, lines });

  const answers = await Promise.all([create(), create(), create()]);

  expect(answers.map(({ body }) => body.number).toSorted()).toEqual([1001, 1002, 1003]);
});

test('note and address of an order can be changed', async () => {
  const { shop, clerk, path } = await ready();
  const order = await makeOrder(shop);

  const answer = await api(clerk).patch(`${path}/${order.publicId}`, {
    note: 'Ring twice',
    shipping_address: '2 Short Road',
  });

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ note: 'Ring twice', shipping_address: '2 Short Road' });
  const [event] = await db().find(AuditEvent, { subject: order.publicId });
  expect(event).toMatchObject({
    action: 'order.updated',
    data: { fields: ['note', 'shipping_address'] },
  });
});

test('what was not named stays', async () => {
  const { shop, clerk, path } = await ready();
  const order = await makeOrder(shop);
  await api(clerk).patch(`${path}/${order.publicId}`, { note: 'Ring twice' });

  const answer = await api(clerk).patch(`${path}/${order.publicId}`, { shipping_address: 'Here' });

  expect(answer.body).toMatchObject({ note: 'Ring twice', shipping_address: 'Here' });
});

test('an order that has left cannot be changed', async () => {
  const { shop, clerk, path } = await ready();
  const order = await makeOrder(shop, { status: 'shipped' });

  const answer = await api(clerk).patch(`${path}/${order.publicId}`, { note: 'x' });

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('order_state');
});

test('an order of another shop is 404', async () => {
  const { clerk, path } = await ready();
  const order = await makeOrder(await makeShop());

  const answer = await api(clerk).get(`${path}/${order.publicId}`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('order_not_found');
});

test('orders are listed newest first and by status', async () => {
  const clock = freezeClock('2026-03-09T08:00:00Z');
  const { shop, clerk, path } = await ready();
  const first = await makeOrder(shop, { status: 'placed' });
  clock.advance({ seconds: 1 });
  const second = await makeOrder(shop, { status: 'paid' });

  expect(numbers((await api(clerk).get(path)).body)).toEqual([second.number, first.number]);
  expect(numbers((await api(clerk).get(`${path}?status=paid`)).body)).toEqual([second.number]);
});

test('orders of one customer', async () => {
  const { shop, clerk, customer, path } = await ready();
  const mine = await makeOrder(shop, { customer });
  await makeOrder(shop);

  const { body } = await api(clerk).get(`${path}?customer_id=${customer.publicId}`);

  expect(numbers(body)).toEqual([mine.number]);
});

test('both days of a range belong to it', async () => {
  const { shop, clerk, path } = await ready();
  const days = [
    '2026-03-01T23:59:59Z',
    '2026-03-02T00:00:00Z',
    '2026-03-03T23:59:59Z',
    '2026-03-04T00:00:00Z',
  ];
  const orders = [];
  for (const day of days) {
    orders.push(await makeOrder(shop, { status: 'placed', placedAt: new Date(day) }));
  }

  const { body } = await api(clerk).get(`${path}?from=2026-03-02&to=2026-03-03`);

  expect(numbers(body).toSorted()).toEqual([orders[1]?.number, orders[2]?.number].toSorted());
});

test('a list of orders needs as many queries for many as for one', async () => {
  const { shop, clerk, path } = await ready();
  await makeOrder(shop);
  const client = api(clerk);
  await client.get(path);
  const one = await queriesOf(() => client.get(path));
  await makeOrder(shop);
  await makeOrder(shop);
  const many = await queriesOf(() => client.get(path));

  expect(many).toHaveLength(one.length);
});

test('a viewer cannot create orders', async () => {
  const { shop, customer, path } = await ready();
  const viewer = await makeStaff(shop, 'viewer');

  const answer = await api(viewer).post(path, { customer_id: customer.publicId, lines: [] });

  expect(answer.status).toBe(403);
});
