import { expect, test } from 'vitest';
import { Product } from '../../src/modules/catalog/entities.ts';
import { Order } from '../../src/modules/orders/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import {
  makeOrder,
  makePaidOrder,
  makePayment,
  makeProduct,
  makeShop,
  makeStaff,
} from '../support/factories.ts';

async function managed() {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  const mug = await makeProduct(shop, { stock: 5 });
  const lines = [{ product: mug, quantity: 2 }];
  const cancel = (order: Order) =>
    api(manager).post(`/shops/${shop.publicId}/orders/${order.publicId}/cancel`);
  return { shop, mug, lines, cancel };
}

test('cancelling a placed order gives its stock back', async () => {
  const { shop, mug, lines, cancel } = await managed();
  const order = await makeOrder(shop, { status: 'placed', lines });

  const answer = await cancel(order);

  expect(answer.body).toMatchObject({ status: 'cancelled', cancelled_at: expect.any(String) });
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(7);
});

test('cancelling a draft gives nothing back', async () => {
  const { shop, mug, lines, cancel } = await managed();

  await cancel(await makeOrder(shop, { status: 'draft', lines }));

  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(5);
});

test('an order with payments has to be refunded first', async () => {
  const { shop, mug, lines, cancel } = await managed();
  const order = await makePaidOrder(shop, { lines });

  const answer = await cancel(order);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'order_has_payments', details: { open: 2000 } });
  expect((await db().findOneOrFail(Order, order.id)).status).toBe('paid');
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(5);
});

test('a payment in part is enough to refuse', async () => {
  const { shop, lines, cancel } = await managed();
  const order = await makeOrder(shop, { status: 'placed', lines });
  await makePayment(order, { amount: 1 });

  expect((await cancel(order)).body.error.code).toBe('order_has_payments');
});

test('an order in packing cannot be cancelled', async () => {
  const { shop, lines, cancel } = await managed();

  const answer = await cancel(await makeOrder(shop, { status: 'packing', lines }));

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('order_state');
});

test('a clerk cannot cancel', async () => {
  const { shop } = await managed();
  const clerk = await makeStaff(shop, 'clerk');
  const order = await makeOrder(shop);

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/cancel`);

  expect(answer.status).toBe(403);
});
