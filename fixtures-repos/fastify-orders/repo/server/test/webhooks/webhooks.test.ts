import { expect, test } from 'vitest';
import { WebhookDelivery } from '../../src/modules/webhooks/entities.ts';
import { api } from '../support/api.ts';
import { db, queuedJobs } from '../support/backend.ts';
import { makeShop, makeStaff, makeWebhook } from '../support/factories.ts';

async function managed() {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  return { shop, manager, path: `/shops/${shop.publicId}/webhooks` };
}

const wanted = { url: 'https://hooks.example/a', topics: ['order.paid', 'order.paid'] };

test('the secret is shown once', async () => {
  const { manager, path } = await managed();

  const created = await api(manager).post(path, wanted);
  const listed = await api(manager).get(path);

  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    topics: ['order.paid'],
    secret: expect.stringMatching(/^whsec_/),
  });
  expect(listed.body.items[0]).not.toHaveProperty('secret');
});

test.each([
  ['url', { url: 'http://hooks.example/a' }],
  ['topics.0', { topics: ['order.eaten'] }],
  ['topics', { topics: [] }],
])('a wrong %s is 422', async (field, wrong) => {
  const { manager, path } = await managed();

  const answer = await api(manager).post(path, { ...wanted, ...wrong });

  expect(answer.status).toBe(422);
  expect(answer.body.error.field).toBe(field);
});

test('a shop has at most five webhooks', async () => {
  const { shop, manager, path } = await managed();
  for (let count = 0; count < 5; count += 1) {
    await makeWebhook(shop);
  }

  const answer = await api(manager).post(path, wanted);

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'too_many_webhooks', details: { maximum: 5 } });
});

test('a webhook can be switched off and removed', async () => {
  const { shop, manager, path } = await managed();
  const endpoint = await makeWebhook(shop);

  const off = await api(manager).patch(`${path}/${endpoint.publicId}`, { active: false });
  const removed = await api(manager).delete(`${path}/${endpoint.publicId}`);

  expect(off.body).toMatchObject({ active: false, url: endpoint.url });
  expect(removed.status).toBe(204);
  expect((await api(manager).get(path)).body.items).toEqual([]);
});

test('a failed delivery is repeated', async () => {
  const { shop, manager, path } = await managed();
  const endpoint = await makeWebhook(shop);
  const em = db();
  const delivery = em.create(WebhookDelivery, {
    endpoint: em.merge(endpoint),
    topic: 'order.placed',
    body: {},
    status: 'failed',
  });
  await em.flush();
  const repeat = () =>
    api(manager).post(`${path}/${endpoint.publicId}/deliveries/${delivery.publicId}/redeliver`);

  const first = await repeat();
  const second = await repeat();

  expect(first.status).toBe(202);
  expect(first.body.status).toBe('pending');
  expect(second.body.error).toMatchObject({
    code: 'delivery_state',
    details: { status: 'pending' },
  });
  expect(await queuedJobs('webhooks')).toMatchObject([
    { payload: { deliveryId: delivery.publicId } },
  ]);
});

test('a clerk sees no webhooks', async () => {
  const { shop, path } = await managed();
  const clerk = await makeStaff(shop, 'clerk');

  expect((await api(clerk).get(path)).status).toBe(403);
});
