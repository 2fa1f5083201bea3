import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { makePaidOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { refundRequests } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function paid() {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  const product = await makeProduct(shop, { price: 1000 });
  const order = await makePaidOrder(shop, { lines: [{ product, quantity: 3 }] });
  return { manager, path: `/shops/${shop.publicId}/orders/${order.publicId}/refunds` };
}

test('a unit is refunded', async () => {
  const { manager, path } = await paid();

  const answer = await api(manager).post(path, {
    lines: [{ line: 1, quantity: 1 }],
    reason: 'Broken',
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    status: 'pending',
    amount: { amount: 1000, currency: 'EUR' },
    lines: [{ line: 1, quantity: 1 }],
  });
});

test('the provider is asked and the refund succeeds', async () => {
  const { manager, path } = await paid();
  const worker = await startWorker('payments', 'mail');

  const { body } = await api(manager).post(path, {
    lines: [{ line: 1, quantity: 1 }],
    reason: 'Broken',
  });
  await worker.idle();

  expect(refundRequests).toMatchObject([{ amount: 1000, idempotencyKey: body.id }]);
  expect((await api(manager).get(`${path}/${body.id}`)).body.status).toBe('succeeded');
});
