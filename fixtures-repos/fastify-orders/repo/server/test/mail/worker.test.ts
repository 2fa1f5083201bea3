import { expect, test } from 'vitest';
import { afterCommit } from '../../src/jobs/after-commit.ts';
import { orderConfirmation } from '../../src/jobs/definitions.ts';
import { queueNamed } from '../../src/jobs/queues.ts';
import { db } from '../support/backend.ts';
import { makeOrder, makeShop } from '../support/factories.ts';
import { mailFails, outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

async function placed() {
  const order = await makeOrder(await makeShop(), { status: 'placed' });
  return { orderId: order.publicId };
}

test('a job that failed is tried again', async () => {
  const worker = await startWorker('mail');
  mailFails(new Error('timeout'), new Error('timeout'));

  await afterCommit(db(), orderConfirmation, await placed());
  await worker.idle();

  expect(outbox).toHaveLength(1);
});

test('a job is given up after its attempts', async () => {
  const worker = await startWorker('mail');
  mailFails(...Array.from({ length: orderConfirmation.attempts }, () => new Error('timeout')));

  await afterCommit(db(), orderConfirmation, await placed());
  await worker.idle();

  expect(outbox).toEqual([]);
  expect(await queueNamed('mail').getFailedCount()).toBe(1);
});

test('a job about something that is gone does nothing', async () => {
  const worker = await startWorker('mail');

  await afterCommit(db(), orderConfirmation, { orderId: 'ord_23456789abcdef' });
  await worker.idle();

  expect(outbox).toEqual([]);
  expect(await queueNamed('mail').getFailedCount()).toBe(0);
});

test('a job that is delivered twice sends one mail', async () => {
  const worker = await startWorker('mail');
  const payload = await placed();

  await afterCommit(db(), orderConfirmation, payload);
  await afterCommit(db(), orderConfirmation, payload);
  await worker.idle();

  expect(outbox).toHaveLength(1);
});
