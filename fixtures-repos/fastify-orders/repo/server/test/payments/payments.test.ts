import { expect, test } from 'vitest';
import { Order } from '../../src/modules/orders/entities.ts';
import type { OrderStatus } from '../../src/modules/orders/state.ts';
import { WebhookDelivery } from '../../src/modules/webhooks/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import {
  makeCustomer,
  makeOrder,
  makeProduct,
  makeShop,
  makeStaff,
  makeWebhook,
} from '../support/factories.ts';
import { outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function placed(status: OrderStatus = 'placed') {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const customer = await makeCustomer(shop, { email: 'robin@mail.example' });
  const product = await makeProduct(shop, { price: 1000 });
  const order = await makeOrder(shop, { status, customer, lines: [{ product, quantity: 2 }] });
  const path = `/shops/${shop.publicId}/orders/${order.publicId}/payments`;
  const pay = (amount: number, reference = 'tx-1') =>
    api(clerk).post(path, { amount, reference, method: 'transfer' });
  return { shop, clerk, order, path, pay };
}

const statusOf = async ({ id }: Order) => (await db().findOneOrFail(Order, id)).status;

test('the whole amount makes the order paid', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { order, pay } = await placed();

  const answer = await pay(2000);

  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^pay_/),
    amount: { amount: 2000, currency: 'EUR' },
    method: 'transfer',
    reference: 'tx-1',
    received_at: '2026-03-09T08:30:15Z',
  });
  expect(await statusOf(order)).toBe('paid');
});

test('payments in parts make the order paid with the last one', async () => {
  const { clerk, order, path, pay } = await placed();

  await pay(1500, 'tx-1');
  expect(await statusOf(order)).toBe('placed');
  await pay(500, 'tx-2');

  expect(await statusOf(order)).toBe('paid');
  expect((await api(clerk).get(path)).body.items).toHaveLength(2);
});

test('more than what is due is 422', async () => {
  const { order, pay } = await placed();
  await pay(1500, 'tx-1');

  const answer = await pay(501, 'tx-2');

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({
    code: 'amount_exceeds_due',
    field: 'amount',
    details: { due: 500 },
  });
  expect(await statusOf(order)).toBe('placed');
});

test('a reference is recorded once for an order', async () => {
  const { pay } = await placed();
  await pay(500);

  const answer = await pay(500);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'payment_known', field: 'reference' });
});

test('the same payment sent twice at once is recorded once', async () => {
  const { clerk, path, pay } = await placed();

  const answers = await Promise.all([pay(500), pay(500)]);

  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect((await api(clerk).get(path)).body.items).toHaveLength(1);
});

test('a draft takes no payments', async () => {
  const { pay } = await placed('draft');

  const answer = await pay(2000);

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('order_state');
});

test('a paid order is published', async () => {
  const { shop, pay } = await placed();
  await makeWebhook(shop, ['order.paid']);

  await pay(2000);

  const [delivery] = await db().find(WebhookDelivery, {});
  expect(delivery).toMatchObject({ topic: 'order.paid', body: { order: { status: 'paid' } } });
});

test('the customer gets a receipt', async () => {
  const { order, pay } = await placed();
  const worker = await startWorker('mail');

  await pay(1500);
  await worker.idle();

  expect(outbox).toEqual([
    {
      to: 'robin@mail.example',
      subject: `Payment received for order ${order.number}`,
      text: 'We received 15.00 EUR. Thank you.',
    },
  ]);
});

test('a viewer reads payments and records none', async () => {
  const { shop, path } = await placed();
  const viewer = await makeStaff(shop, 'viewer');

  expect((await api(viewer).get(path)).body).toEqual({ items: [] });
  const answer = await api(viewer).post(path, { amount: 1, reference: 'x', method: 'cash' });
  expect(answer.status).toBe(403);
});
