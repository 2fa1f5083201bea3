import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { WebhookDelivery, WebhookEndpoint } from '../../src/modules/webhooks/entities.ts';
import type { WebhookTopic } from '../../src/modules/webhooks/topics.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeOrder, makeShop, makeStaff, makeWebhook } from '../support/factories.ts';
import { posts, receiverAnswers } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function placing(...topics: WebhookTopic[]) {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  const endpoint = await makeWebhook(shop, topics);
  const order = await makeOrder(shop);
  const place = () => api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);
  return { shop, endpoint, order, place };
}

const deliveries = () => db().find(WebhookDelivery, {}, { orderBy: { id: 'asc' } });

test('an event is posted with a signature over moment and body', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { endpoint, order, place } = await placing('order.placed');
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  const [post] = posts;
  const seconds = Date.UTC(2026, 2, 9, 8, 30, 15) / 1000;
  const mac = createHmac('sha256', 'whsec_1').update(`${seconds}.${post?.body}`).digest('hex');
  expect(post?.url).toBe(endpoint.url);
  expect(post?.headers).toEqual({ 'x-orders-signature': `t=${seconds},v1=${mac}` });
  expect(JSON.parse(post?.body ?? '')).toMatchObject({
    id: expect.stringMatching(/^dlv_/),
    topic: 'order.placed',
    data: { order: { id: order.publicId, status: 'placed' } },
  });
  expect(await deliveries()).toMatchObject([
    {
      status: 'delivered',
      attempts: 1,
      lastStatusCode: 200,
      deliveredAt: new Date('2026-03-09T08:30:15Z'),
    },
  ]);
});

test('only webhooks of the topic hear of it', async () => {
  const { place } = await placing('order.paid');

  await place();

  expect(await deliveries()).toEqual([]);
});

test('a webhook that is switched off hears nothing', async () => {
  const { endpoint, place } = await placing('order.placed');
  await db().nativeUpdate(WebhookEndpoint, { id: endpoint.id }, { active: false });

  await place();

  expect(await deliveries()).toEqual([]);
});

test('a receiver that cannot be reached is tried again', async () => {
  const { place } = await placing('order.placed');
  receiverAnswers(new Error('connection refused'), new Error('timeout'), 204);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(3);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', lastStatusCode: 204 }]);
});

test('the answer of the receiver is kept', async () => {
  const { place } = await placing('order.placed');
  receiverAnswers(302);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  const [delivery] = await deliveries();
  expect(delivery?.attempts).toBeGreaterThan(0);
  expect(posts.length).toBeGreaterThan(0);
});
