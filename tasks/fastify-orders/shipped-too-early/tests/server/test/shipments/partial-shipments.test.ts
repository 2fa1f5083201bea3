import { expect, test } from 'vitest';
import { AuditEvent } from '../../src/modules/audit/entities.ts';
import { Order } from '../../src/modules/orders/entities.ts';
import { WebhookDelivery } from '../../src/modules/webhooks/entities.ts';
import { api } from '../support/api.ts';
import { db, queuedJobs } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeOrder, makeProduct, makeShop, makeStaff, makeWebhook } from '../support/factories.ts';

async function packing(...quantities: number[]) {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const lines = [];
  for (const quantity of quantities) {
    lines.push({ product: await makeProduct(shop), quantity });
  }
  const order = await makeOrder(shop, { status: 'packing', lines });
  const client = api(clerk);
  const path = `/shops/${shop.publicId}`;
  const prepare = (...units: [line: number, quantity: number][]) =>
    client.post(`${path}/orders/${order.publicId}/shipments`, {
      carrier: 'Postline',
      lines: units.map(([line, quantity]) => ({ line, quantity })),
    });
  const act = (action: 'dispatch' | 'deliver') => (shipment: { body: { id: string } }) =>
    client.post(`${path}/shipments/${shipment.body.id}/${action}`);
  const status = async () =>
    (await client.get(`${path}/orders/${order.publicId}`)).body.status as string;
  return { shop, order, prepare, dispatch: act('dispatch'), deliver: act('deliver'), status };
}

test('the first of several parcels leaves the order in packing', async () => {
  const { prepare, dispatch, status } = await packing(3);

  expect((await dispatch(await prepare([1, 1]))).status).toBe(200);

  expect(await status()).toBe('packing');
});

test('the next parcel can be prepared after the first has left', async () => {
  const { prepare, dispatch, status } = await packing(3);
  await dispatch(await prepare([1, 1]));

  const second = await prepare([1, 2]);
  expect(second.status).toBe(201);
  await dispatch(second);

  expect(await status()).toBe('shipped');
});

test('units that are only prepared have not left', async () => {
  const { prepare, dispatch, status } = await packing(2);
  const first = await prepare([1, 1]);
  const second = await prepare([1, 1]);

  await dispatch(second);
  expect(await status()).toBe('packing');
  await dispatch(first);
  expect(await status()).toBe('shipped');
});

test('every line has to leave', async () => {
  const { prepare, dispatch, status } = await packing(2, 1, 3);

  await dispatch(await prepare([1, 2]));
  expect(await status()).toBe('packing');
  await dispatch(await prepare([3, 3]));
  expect(await status()).toBe('packing');
  await dispatch(await prepare([2, 1]));
  expect(await status()).toBe('shipped');
});

test('one parcel with everything ships the order at once', async () => {
  const { prepare, dispatch, status } = await packing(2, 1);

  await dispatch(await prepare([1, 2], [2, 1]));

  expect(await status()).toBe('shipped');
});

test('parcels of other orders do not count', async () => {
  const mine = await packing(2);
  const other = await packing(2);
  await other.dispatch(await other.prepare([1, 1]));

  await mine.dispatch(await mine.prepare([1, 1]));

  expect(await mine.status()).toBe('packing');
  expect(await other.status()).toBe('packing');
});

test('a parcel that has arrived counts as one that has left', async () => {
  const { prepare, dispatch, deliver, status } = await packing(2);
  const first = await prepare([1, 1]);
  await dispatch(first);
  await deliver(first);
  expect(await status()).toBe('packing');

  const second = await prepare([1, 1]);
  await dispatch(second);
  expect(await status()).toBe('shipped');
  await deliver(second);
  expect(await status()).toBe('delivered');
});

test('an order is shipped at the time of its last parcel', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  const { order, prepare, dispatch } = await packing(2);
  await dispatch(await prepare([1, 1]));
  clock.advance({ days: 1 });
  await dispatch(await prepare([1, 1]));

  const { shippedAt } = await db().findOneOrFail(Order, order.id);
  expect(shippedAt?.toISOString()).toBe('2026-03-10T08:30:15.000Z');
});

test('the webhook hears once that the order is shipped', async () => {
  const { shop, prepare, dispatch } = await packing(2);
  await makeWebhook(shop, ['order.shipped']);

  await dispatch(await prepare([1, 1]));
  expect(await db().count(WebhookDelivery)).toBe(0);
  await dispatch(await prepare([1, 1]));

  const deliveries = await db().find(WebhookDelivery, {});
  expect(deliveries).toHaveLength(1);
  expect(deliveries[0]?.body).toMatchObject({ order: { status: 'shipped' } });
});

test('each parcel has its notice and its event', async () => {
  const { order, prepare, dispatch } = await packing(2);
  const shipments = [await prepare([1, 1]), await prepare([1, 1])];
  for (const shipment of shipments) {
    await dispatch(shipment);
  }

  const ids = shipments.map(({ body }) => body.id).toSorted();
  const notices = (await queuedJobs('mail')).filter(({ name }) => name === 'shipment-notice');
  expect(notices.map(({ payload }) => payload.shipmentId).toSorted()).toEqual(ids);
  const events = await db().find(AuditEvent, {
    subject: order.publicId,
    action: 'shipment.dispatched',
  });
  expect(events.map(({ data }) => data.shipment).toSorted()).toEqual(ids);
});
