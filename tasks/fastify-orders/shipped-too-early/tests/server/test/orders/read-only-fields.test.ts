import { expect, test } from 'vitest';
import { AuditEvent } from '../../src/modules/audit/entities.ts';
import { Order } from '../../src/modules/orders/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { makeOrder, makeShop, makeStaff } from '../support/factories.ts';

async function ready() {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const order = await makeOrder(shop, { status: 'paid' });
  const stored = async () => {
    const { id, publicId, number, status, currency, ...rest } = await db().findOneOrFail(
      Order,
      order.id,
    );
    const { subtotal, discount, tax, total, note, shippingAddress } = rest;
    const { placedAt, paidAt, shippedAt, deliveredAt, cancelledAt, createdAt } = rest;
    return [
      [id, publicId, number, status, currency, note, shippingAddress],
      [subtotal, discount, tax, total],
      [placedAt, paidAt, shippedAt, deliveredAt, cancelledAt, createdAt],
    ];
  };
  const path = `/shops/${shop.publicId}/orders/${order.publicId}`;
  const patch = (body: object) => api(clerk).patch(path, body);
  return { shop, order, stored, patch };
}

const moment = '2026-03-09T08:30:15Z';

test.each([
  ['status', 'packing'],
  ['number', 1],
  ['currency', 'USD'],
  ['subtotal', 1],
  ['discount', 1],
  ['tax', 1],
  ['total', 1],
  ['placed_at', moment],
  ['placedAt', moment],
  ['paid_at', moment],
  ['paidAt', moment],
  ['shipped_at', moment],
  ['shippedAt', moment],
  ['delivered_at', moment],
  ['deliveredAt', moment],
  ['cancelledAt', moment],
  ['created_at', moment],
  ['createdAt', moment],
  ['id', 'ord_23456789abcdef'],
  ['publicId', 'ord_23456789abcdef'],
  ['shippingAddress', '3 Side Street'],
  ['colour', 'blue'],
])('%s cannot be written', async (key, value) => {
  const { order, stored, patch } = await ready();
  const before = await stored();

  const answer = await patch({ [key]: value });

  expect(answer.status).toBe(422);
  expect(await stored()).toEqual(before);
  expect(await db().count(AuditEvent, { subject: order.publicId })).toBe(0);
});

test('nothing of a body with a key too many is taken', async () => {
  const { order, stored, patch } = await ready();
  const before = await stored();

  const answer = await patch({ note: 'Ring twice', shipping_address: 'Here', status: 'shipped' });

  expect(answer.status).toBe(422);
  expect(await stored()).toEqual(before);
  expect(await db().count(AuditEvent, { subject: order.publicId })).toBe(0);
});

test('note and address can be written, alone and together', async () => {
  const { patch } = await ready();

  expect((await patch({ note: 'Ring twice' })).body).toMatchObject({ note: 'Ring twice' });
  expect((await patch({ shipping_address: 'Here' })).body).toMatchObject({
    note: 'Ring twice',
    shipping_address: 'Here',
  });
  const both = await patch({ note: '', shipping_address: '' });
  expect(both.status).toBe(200);
  expect(both.body).toMatchObject({ note: '', shipping_address: '', status: 'paid' });
});
