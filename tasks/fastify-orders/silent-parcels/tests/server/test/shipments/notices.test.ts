import { beforeEach, expect, test } from 'vitest';
import { afterCommit } from '../../src/jobs/after-commit.ts';
import { shipmentNotice } from '../../src/jobs/definitions.ts';
import { queueNamed } from '../../src/jobs/queues.ts';
import { Shipment } from '../../src/modules/shipments/entities.ts';
import { api } from '../support/api.ts';
import { db, orm, queuedJobs } from '../support/backend.ts';
import {
  makeCustomer,
  makeOrder,
  makeShipment,
  makeShop,
  makeStaff,
} from '../support/factories.ts';
import { mailFails, outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

let atCommit: (() => Promise<void>) | null = null;

orm.em.getEventManager().registerSubscriber({
  async beforeTransactionCommit() {
    await atCommit?.();
  },
});

beforeEach(() => {
  atCommit = null;
});

async function atEachCommit<Result>(
  hook: () => Promise<void>,
  work: () => Promise<Result>,
): Promise<Result> {
  atCommit = hook;
  try {
    return await work();
  } finally {
    atCommit = null;
  }
}

async function parcels(count: number) {
  const shop = await makeShop();
  const client = api(await makeStaff(shop, 'clerk'));
  const path = `/shops/${shop.publicId}/shipments`;
  const buyers: string[] = [];
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const customer = await makeCustomer(shop);
    const order = await makeOrder(shop, { status: 'packing', customer });
    buyers.push(customer.email);
    ids.push((await makeShipment(order, [2])).publicId);
  }
  await client.get(`/shops/${shop.publicId}`);
  return {
    buyers,
    ids,
    dispatch: (id: string | undefined) =>
      client.post(`${path}/${id}/dispatch`, undefined, { 'x-request-id': 'req-parcel-1' }),
    collect: (wanted: readonly string[]) =>
      client.post(`${path}/dispatch`, { shipment_ids: wanted }, { 'x-request-id': 'req-pickup-1' }),
  };
}

async function stored() {
  const shipments = await db().find(Shipment, {}, { orderBy: { id: 'asc' } });
  return shipments.map(({ status, noticeSentAt }) => [status, noticeSentAt instanceof Date]);
}

const recipients = () => outbox.map(({ to }) => to).toSorted();

const noticed = async () =>
  (await queuedJobs('mail')).map(({ payload }) => payload.shipmentId).toSorted();

async function quickWorker() {
  const worker = await startWorker('mail');
  return {
    idle: () => worker.idle(),
    first: () => worker.idle({ within: 1500 }).catch(() => undefined),
  };
}

test('the notice of a parcel is queued when it is saved, once, with its request and at once', async () => {
  const { ids, dispatch } = await parcels(1);
  const early: unknown[] = [];

  const answer = await atEachCommit(
    async () => {
      early.push(...(await queuedJobs('mail')));
    },
    () => dispatch(ids[0]),
  );

  expect(answer.status).toBe(200);
  expect(early).toEqual([]);
  const jobs = await queueNamed('mail').getJobs(['waiting', 'delayed', 'prioritized']);
  expect(jobs).toHaveLength(1);
  expect(jobs[0]?.data).toMatchObject({
    payload: { shipmentId: ids[0] },
    requestId: 'req-parcel-1',
  });
  expect(jobs[0]?.opts.delay ?? 0).toBe(0);
});

test('the customer hears of a parcel although the worker is quicker than the commit', async () => {
  const { buyers, ids, dispatch } = await parcels(1);
  const worker = await quickWorker();

  const answer = await atEachCommit(worker.first, () => dispatch(ids[0]));
  await worker.idle();

  expect(answer.status).toBe(200);
  expect(recipients()).toEqual(buyers);
  expect(await stored()).toEqual([['in_transit', true]]);
});

test('the notices of a pickup are queued when all of it is saved', async () => {
  const { ids, collect } = await parcels(3);
  const early: unknown[] = [];

  const answer = await atEachCommit(
    async () => {
      early.push(...(await queuedJobs('mail')));
    },
    () => collect(ids),
  );

  expect(answer.status).toBe(200);
  expect(early).toEqual([]);
  expect(await noticed()).toEqual(ids.toSorted());
  const jobs = await queueNamed('mail').getJobs(['waiting', 'delayed', 'prioritized']);
  expect(jobs.map(({ data }) => data.requestId)).toEqual(ids.map(() => 'req-pickup-1'));
});

test('all customers of a pickup hear of it although the worker is quicker than the commit', async () => {
  const { buyers, ids, collect } = await parcels(3);
  const worker = await quickWorker();

  await atEachCommit(worker.first, () => collect(ids));
  await worker.idle();

  expect(recipients()).toEqual(buyers.toSorted());
  expect(await stored()).toEqual(ids.map(() => ['in_transit', true]));
});

test('nobody hears of a pickup that is refused', async () => {
  const { buyers, ids, dispatch, collect } = await parcels(3);
  const worker = await startWorker('mail');
  await dispatch(ids[2]);
  await worker.idle();
  const told: (string | undefined)[] = [];
  const add = queueNamed('mail').add;
  queueNamed('mail').add = async (name, data, options) => {
    told.push(data.payload.shipmentId);
    return add.call(queueNamed('mail'), name, data, options);
  };

  const answer = await collect(ids).finally(() => {
    queueNamed('mail').add = add;
  });
  await worker.idle();

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('shipment_state');
  expect(told).toEqual([]);
  expect(recipients()).toEqual([buyers[2]]);
  expect(await stored()).toEqual([
    ['prepared', false],
    ['prepared', false],
    ['in_transit', true],
  ]);
});

test('nobody hears of a parcel that could not be saved, until it is', async () => {
  const { buyers, ids, dispatch } = await parcels(1);

  const failed = await atEachCommit(
    async () => {
      throw new Error('disk full');
    },
    () => dispatch(ids[0]),
  );

  expect(failed.status).toBe(500);
  expect(await queuedJobs('mail')).toEqual([]);
  expect(await stored()).toEqual([['prepared', false]]);
  const worker = await startWorker('mail');
  expect((await dispatch(ids[0])).status).toBe(200);
  await worker.idle();
  expect(recipients()).toEqual(buyers);
});

test('a notice of a parcel that has not left is not sent and not tried again', async () => {
  const { ids } = await parcels(1);
  const worker = await startWorker('mail');

  await afterCommit(db(), shipmentNotice, { shipmentId: ids[0] ?? '' });
  await worker.idle();

  expect(outbox).toEqual([]);
  expect(await queueNamed('mail').getFailedCount()).toBe(0);
});

test('a notice that failed is tried again and sent once', async () => {
  const { buyers, ids, dispatch } = await parcels(1);
  const worker = await startWorker('mail');
  mailFails(new Error('timeout'));

  await dispatch(ids[0]);
  await worker.idle();

  expect(recipients()).toEqual(buyers);
  expect(await stored()).toEqual([['in_transit', true]]);
});
