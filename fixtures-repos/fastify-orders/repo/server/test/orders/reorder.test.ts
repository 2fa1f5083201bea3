import { expect, test } from 'vitest';
import { Product } from '../../src/modules/catalog/entities.ts';
import { api } from '../support/api.ts';
import { db, queuedJobs } from '../support/backend.ts';
import { makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';

async function delivered(status: 'delivered' | 'paid' = 'delivered') {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const mug = await makeProduct(shop, { price: 1000, stock: 5 });
  const order = await makeOrder(shop, { status, lines: [{ product: mug, quantity: 2 }] });
  const path = `/shops/${shop.publicId}/orders/${order.publicId}/reorder`;
  return { shop, clerk, mug, order, again: () => api(clerk).post(path) };
}

test('a reorder is a new placed order with the same lines', async () => {
  const { mug, order, again } = await delivered();

  const { status, body } = await again();

  expect(status).toBe(201);
  expect(body.id).not.toBe(order.publicId);
  expect(body).toMatchObject({ status: 'placed', total: { amount: 2000 } });
  expect(body.lines).toMatchObject([{ product_id: mug.publicId, quantity: 2 }]);
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(3);
  expect(await queuedJobs('mail')).toMatchObject([{ payload: { orderId: body.id } }]);
});

test('a reorder has the prices of today', async () => {
  const { mug, again } = await delivered();
  const em = db();
  (await em.findOneOrFail(Product, mug.id)).price = 1500;
  await em.flush();

  expect((await again()).body.total.amount).toBe(3000);
});

test('an order that has not left cannot be ordered again', async () => {
  const { again } = await delivered('paid');

  expect((await again()).status).toBe(409);
});

test('a reorder of more than the stock is 409', async () => {
  const { mug, again } = await delivered();
  const em = db();
  (await em.findOneOrFail(Product, mug.id)).stock = 1;
  await em.flush();

  const answer = await again();

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('out_of_stock');
});
