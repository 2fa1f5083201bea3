import { expect, test } from 'vitest';
import { afterCommit } from '../../src/jobs/after-commit.ts';
import { shipmentNotice } from '../../src/jobs/definitions.ts';
import { Order } from '../../src/modules/orders/entities.ts';
import type { OrderStatus } from '../../src/modules/orders/state.ts';
import { Shipment } from '../../src/modules/shipments/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import {
  makeCustomer,
  makeOrder,
  makeProduct,
  makeShipment,
  makeShop,
  makeStaff,
} from '../support/factories.ts';
import { outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function packing({ status = 'packing' as OrderStatus, quantity = 2 } = {}) {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const customer = await makeCustomer(shop, { email: 'robin@mail.example' });
  const product = await makeProduct(shop);
  const order = await makeOrder(shop, { status, customer, lines: [{ product, quantity }] });
  const path = `/shops/${shop.publicId}`;
  const prepare = (units: number) =>
    api(clerk).post(`${path}/orders/${order.publicId}/shipments`, {
      carrier: 'Postline',
      lines: [{ line: 1, quantity: units }],
    });
  const act = (shipmentId: string, action: 'dispatch' | 'deliver') =>
    api(clerk).post(`${path}/shipments/${shipmentId}/${action}`);
  return { shop, clerk, order, path, prepare, act };
}

const statusOf = async ({ id }: Order) => (await db().findOneOrFail(Order, id)).status;

test('a shipment is prepared from units of the order', async () => {
  const { order, prepare } = await packing();

  const answer = await prepare(1);

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    order_id: order.publicId,
    status: 'prepared',
    carrier: 'Postline',
    tracking_number: null,
    lines: [{ line: 1, quantity: 1 }],
  });
});

test('units that are in a shipment cannot be shipped again', async () => {
  const { prepare } = await packing();
  await prepare(1);

  const answer = await prepare(2);

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({
    code: 'quantity_not_left',
    field: 'lines.0.quantity',
    details: { line: 1, left: 1 },
  });
});

test('only an order in packing gets shipments', async () => {
  const { prepare } = await packing({ status: 'paid' });

  expect((await prepare(1)).status).toBe(409);
});

test('the tracking number is in the notice', async () => {
  const { order } = await packing();
  const shipment = await makeShipment(order, [2]);
  const em = db();
  (await em.findOneOrFail(Shipment, shipment.id)).status = 'in_transit';
  await em.flush();
  const worker = await startWorker('mail');

  await afterCommit(db(), shipmentNotice, { shipmentId: shipment.publicId });
  await worker.idle();

  expect(outbox).toEqual([
    {
      to: 'robin@mail.example',
      subject: `Order ${order.number} is on its way`,
      text: 'Postline has collected your parcel. The tracking number is PL1.',
    },
  ]);
});

test('a dispatched shipment shows when it left', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { order, act } = await packing();
  const shipment = await makeShipment(order, [1]);

  const answer = await act(shipment.publicId, 'dispatch');

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    status: 'in_transit',
    tracking_number: 'PL1',
    dispatched_at: '2026-03-09T08:30:15Z',
  });
  expect(await statusOf(order)).toBe('packing');
});

test('a shipment leaves once', async () => {
  const { order, act } = await packing();
  const shipment = await makeShipment(order, [2]);
  await act(shipment.publicId, 'dispatch');

  const answer = await act(shipment.publicId, 'dispatch');

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'shipment_state',
    details: { status: 'in_transit' },
  });
});

test('the order is delivered with its last shipment', async () => {
  const { order, act } = await packing();
  const first = await makeShipment(order, [1]);
  const second = await makeShipment(order, [1]);
  await act(first.publicId, 'dispatch');
  await act(second.publicId, 'dispatch');

  await act(first.publicId, 'deliver');
  expect(await statusOf(order)).toBe('shipped');
  await act(second.publicId, 'deliver');

  expect(await statusOf(order)).toBe('delivered');
});

test('a shipment that has not left cannot be delivered', async () => {
  const { order, act } = await packing();
  const shipment = await makeShipment(order, [2]);

  expect((await act(shipment.publicId, 'deliver')).body.error.code).toBe('shipment_state');
});

test('a shipment of another shop is 404', async () => {
  const { clerk, path } = await packing();
  const other = await packing();
  const shipment = await makeShipment(other.order, [1]);

  const answer = await api(clerk).get(`${path}/shipments/${shipment.publicId}`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('shipment_not_found');
});
