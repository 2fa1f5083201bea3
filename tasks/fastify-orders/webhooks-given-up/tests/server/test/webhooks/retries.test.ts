import { expect, onTestFinished, test, vi } from 'vitest';
import { afterCommit } from '../../src/jobs/after-commit.ts';
import { deliverWebhook } from '../../src/jobs/definitions.ts';
import { queueNamed } from '../../src/jobs/queues.ts';
import { WebhookDelivery } from '../../src/modules/webhooks/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeOrder, makeShop, makeStaff, makeWebhook } from '../support/factories.ts';
import { fakePorts, posts, receiverAnswers } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

const refused = new Error('connect ECONNREFUSED');

const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value);

async function hooked() {
  const shop = await makeShop();
  const client = api(await makeStaff(shop, 'manager'));
  const endpoint = await makeWebhook(shop);
  const order = await makeOrder(shop);
  const base = `/shops/${shop.publicId}`;
  const path = `${base}/webhooks/${endpoint.publicId}`;
  const place = () => client.post(`${base}/orders/${order.publicId}/place`);
  const deliveries = async (query = '') =>
    (await client.get(`${path}/deliveries${query}`)).body.items;
  const redeliver = async () => {
    const [{ id }] = await deliveries();
    return client.post(`${path}/deliveries/${id}/redeliver`);
  };
  const remove = () => client.delete(path);
  return { shop, endpoint, place, deliveries, redeliver, remove };
}

function duringPost(work: () => Promise<unknown>): void {
  const { post } = fakePorts.http;
  const spy = vi.spyOn(fakePorts.http, 'post').mockImplementationOnce(async (...wanted) => {
    await work();
    return post(...wanted);
  });
  onTestFinished(() => spy.mockRestore());
}

function holdAfterNextPost() {
  const queue = queueNamed('webhooks');
  const before = posts.length;
  duringPost(() => queue.pause());
  onTestFinished(() => queue.resume());
  const reached = async () => {
    expect(posts.length).toBeGreaterThan(before);
    expect(await queue.getActiveCount()).toBe(0);
  };
  return {
    reached: () => vi.waitFor(reached, { timeout: 4000, interval: 4 }),
    release: () => queue.resume(),
  };
}

const failedJobs = () => queueNamed('webhooks').getFailedCount();

test.each([300, 400, 410, 503])('an answer of %i is tried again', async (status) => {
  const { place, deliveries } = await hooked();
  receiverAnswers(status, 200);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(2);
  expect(await deliveries()).toMatchObject([
    { status: 'delivered', attempts: 2, last_status_code: 200 },
  ]);
});

test.each([200, 204, 299])('an answer of %i is enough', async (status) => {
  const { place, deliveries } = await hooked();
  receiverAnswers(status);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(1);
  expect(await deliveries()).toMatchObject([
    { status: 'delivered', attempts: 1, last_status_code: status },
  ]);
});

test('a post that nobody answers counts as an attempt', async () => {
  const { place, deliveries } = await hooked();
  receiverAnswers(refused, 503, refused, 204);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(4);
  expect(await deliveries()).toMatchObject([
    { status: 'delivered', attempts: 4, last_status_code: 204 },
  ]);
});

test('each attempt posts the same delivery', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const { place, deliveries } = await hooked();
  receiverAnswers(502, refused, 502);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  const [delivery] = await deliveries();
  expect(posts).toHaveLength(4);
  expect(posts.map(({ body }) => JSON.parse(body).id)).toEqual(times(4, delivery.id));
  expect(delivery.delivered_at).toBe('2026-03-09T08:30:15Z');
});

test('the fifth attempt still counts', async () => {
  const { place, deliveries } = await hooked();
  receiverAnswers(503, refused, 503, 503, 200);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(5);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 5 }]);
});

test.each([
  ['answers', times(20, 503), 503],
  ['connections', times(20, refused), null],
  ['answers and a connection', [...times(4, 503), ...times(10, refused)], null],
  ['connections and an answer', [...times(4, refused), ...times(10, 410)], 410],
])('a delivery has failed after five refused %s', async (_what, answers, last) => {
  const { place, deliveries } = await hooked();
  receiverAnswers(...answers);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(5);
  expect(await deliveries('?status=failed')).toMatchObject([
    { attempts: 5, last_status_code: last, delivered_at: null },
  ]);
});

test.each([
  ['an answer', 503, 503],
  ['no answer', refused, null],
])('after %s the delivery waits, pending, for its next attempt', async (_what, answer, last) => {
  const { place, deliveries, redeliver } = await hooked();
  receiverAnswers(answer);
  const hold = holdAfterNextPost();
  const worker = await startWorker('webhooks');

  await place();
  await hold.reached();

  expect(posts).toHaveLength(1);
  expect(await deliveries()).toMatchObject([
    { status: 'pending', attempts: 1, last_status_code: last },
  ]);
  expect((await redeliver()).status).toBe(409);
  await hold.release();
  await worker.idle();
  expect(posts).toHaveLength(2);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 2 }]);
});

test('a delivery that was sent again is pending, too, until its last attempt', async () => {
  const { place, deliveries, redeliver } = await hooked();
  receiverAnswers(...times(6, 503));
  const worker = await startWorker('webhooks');
  await place();
  await worker.idle();
  const hold = holdAfterNextPost();

  await redeliver();
  await hold.reached();

  expect(posts).toHaveLength(6);
  expect(await deliveries()).toMatchObject([
    { status: 'pending', attempts: 6, last_status_code: 503 },
  ]);
  await hold.release();
  await worker.idle();
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 7 }]);
});

test('a delivery that has failed can be sent again', async () => {
  const { place, deliveries, redeliver } = await hooked();
  receiverAnswers(...times(5, 503));
  const worker = await startWorker('webhooks');
  await place();
  await worker.idle();

  expect((await redeliver()).status).toBe(202);
  await worker.idle();

  expect(posts).toHaveLength(6);
  expect(await deliveries()).toMatchObject([
    { status: 'delivered', attempts: 6, last_status_code: 200 },
  ]);
});

test('a delivery that is sent again has five attempts again', async () => {
  const { place, deliveries, redeliver } = await hooked();
  receiverAnswers(...times(5, refused), ...times(4, 503));
  const worker = await startWorker('webhooks');
  await place();
  await worker.idle();

  await redeliver();
  await worker.idle();

  expect(posts).toHaveLength(10);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 10 }]);
});

test('a delivery can be sent again as often as it fails', async () => {
  const { place, deliveries, redeliver } = await hooked();
  receiverAnswers(...times(10, 503));
  const worker = await startWorker('webhooks');
  await place();
  await worker.idle();

  await redeliver();
  await worker.idle();
  expect(await deliveries()).toMatchObject([{ status: 'failed', attempts: 10 }]);
  expect((await redeliver()).status).toBe(202);
  await worker.idle();

  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 11 }]);
});

test('a receiver that is down is no trouble for the others', async () => {
  const { shop, endpoint, place } = await hooked();
  const other = await makeWebhook(shop);
  const { post } = fakePorts.http;
  const spy = vi.spyOn(fakePorts.http, 'post').mockImplementation(async (url, ...rest) => {
    const answer = await post(url, ...rest);
    return url === endpoint.url ? { status: 503 } : answer;
  });
  onTestFinished(() => spy.mockRestore());
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts.filter(({ url }) => url === endpoint.url)).toHaveLength(5);
  expect(posts.filter(({ url }) => url === other.url)).toHaveLength(1);
  const stored = await db().find(WebhookDelivery, {}, { orderBy: { endpoint: 'asc' } });
  expect(stored).toMatchObject([
    { status: 'failed', attempts: 5 },
    { status: 'delivered', attempts: 1 },
  ]);
});

test('a delivery that has arrived is not posted again', async () => {
  const { place, deliveries } = await hooked();
  const worker = await startWorker('webhooks');
  await place();
  await worker.idle();
  const [{ id: deliveryId }] = await deliveries();

  await afterCommit(db(), deliverWebhook, { deliveryId }, { jobId: 'twice' });
  await worker.idle();

  expect(posts).toHaveLength(1);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }]);
  expect(await failedJobs()).toBe(0);
});

test('nothing is posted for a webhook that was removed before', async () => {
  const { place, remove } = await hooked();
  await place();
  expect((await remove()).status).toBe(204);

  const worker = await startWorker('webhooks');
  await worker.idle();

  expect(posts).toEqual([]);
  expect(await failedJobs()).toBe(0);
});

test('a webhook that is removed during an attempt gets no more of them', async () => {
  const { place, remove } = await hooked();
  receiverAnswers(...times(5, 503));
  duringPost(remove);
  const worker = await startWorker('webhooks');

  await place();
  await worker.idle();

  expect(posts).toHaveLength(1);
  expect(await failedJobs()).toBe(0);
});
