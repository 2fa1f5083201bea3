import { expect, test } from 'vitest';
import { Product, StockMovement } from '../../src/modules/catalog/entities.ts';
import type { OrderStatus } from '../../src/modules/orders/state.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';

async function ordered(status: OrderStatus, stock = 10) {
  const shop = await makeShop({ taxBasisPoints: 1000 });
  const clerk = await makeStaff(shop, 'clerk');
  const mug = await makeProduct(shop, { price: 1000, stock });
  const order = await makeOrder(shop, { status, lines: [{ product: mug, quantity: 2 }] });
  const path = `/shops/${shop.publicId}/orders/${order.publicId}/lines`;
  return {
    clerk,
    mug,
    change: (quantity: number, line = 1) => api(clerk).patch(`${path}/${line}`, { quantity }),
  };
}

test('a line of a draft changes the totals and no stock', async () => {
  const { mug, change } = await ordered('draft');

  const { status, body } = await change(5);

  expect(status).toBe(200);
  expect([body.subtotal.amount, body.tax.amount, body.total.amount]).toEqual([5000, 500, 5500]);
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(10);
});

test('more units of a placed line are taken from the stock', async () => {
  const { mug, change } = await ordered('placed');

  await change(5);

  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(7);
  const [movement] = await db().find(StockMovement, { product: mug.id });
  expect(movement).toMatchObject({ delta: -3, reason: 'order' });
});

test('fewer units of a placed line go back to the stock', async () => {
  const { mug, change } = await ordered('placed');

  await change(1);

  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(11);
  const [movement] = await db().find(StockMovement, { product: mug.id });
  expect(movement).toMatchObject({ delta: 1, reason: 'cancelled' });
});

test('more units than there are is 409', async () => {
  const { mug, change } = await ordered('placed', 1);

  const answer = await change(4);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'out_of_stock',
    details: { available: 1, wanted: 2 },
  });
  expect((await db().findOneOrFail(Product, mug.id)).stock).toBe(1);
});

test('a paid order keeps its lines', async () => {
  const { change } = await ordered('paid');

  expect((await change(3)).status).toBe(409);
});

test('a line that is not there is 404', async () => {
  const { change } = await ordered('draft');

  const answer = await change(3, 2);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('line_not_found');
});

test('a line cannot be emptied', async () => {
  const { change } = await ordered('draft');

  const answer = await change(0);

  expect(answer.status).toBe(422);
  expect(answer.body.error.field).toBe('quantity');
});
