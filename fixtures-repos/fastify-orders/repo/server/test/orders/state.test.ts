import { expect, test } from 'vitest';
import { Order } from '../../src/modules/orders/entities.ts';
import { moveOrder, type OrderStatus, orderStatuses } from '../../src/modules/orders/state.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { makeOrder, makeShop, makeStaff } from '../support/factories.ts';

const legal: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  draft: ['placed', 'cancelled'],
  placed: ['paid', 'cancelled'],
  paid: ['packing', 'cancelled'],
  packing: ['shipped'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

test('an order moves only along the legal steps', async () => {
  const shop = await makeShop();
  const { id } = await makeOrder(shop);
  for (const from of orderStatuses) {
    const possible: OrderStatus[] = [];
    for (const to of orderStatuses) {
      const order = await db().findOneOrFail(Order, id);
      order.status = from;
      try {
        moveOrder(order, to);
        possible.push(order.status);
      } catch {}
    }
    expect(possible, from).toEqual(legal[from]);
  }
});

test('a paid order is packed by a clerk', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const order = await makeOrder(shop, { status: 'paid' });

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/pack`);

  expect(answer.status).toBe(200);
  expect(answer.body.status).toBe('packing');
});

test('an order that is not paid is not packed', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const order = await makeOrder(shop, { status: 'placed' });

  const answer = await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/pack`);

  expect(answer.body.error).toMatchObject({
    code: 'order_state',
    details: { status: 'placed', wanted: 'packing' },
  });
});
