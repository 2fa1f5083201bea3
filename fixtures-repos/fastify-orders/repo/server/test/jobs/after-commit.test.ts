import { expect, test } from 'vitest';
import { withRequestId } from '../../src/core/request-id.ts';
import { transaction } from '../../src/db/transaction.ts';
import { afterCommit } from '../../src/jobs/after-commit.ts';
import { orderConfirmation } from '../../src/jobs/definitions.ts';
import { queueNamed } from '../../src/jobs/queues.ts';
import { db, queuedJobs } from '../support/backend.ts';

test('a job is queued when the transaction is committed', async () => {
  const em = db();
  await transaction(em, async () => {
    await afterCommit(em, orderConfirmation, { orderId: 'ord_1' });
    expect(await queuedJobs('mail')).toEqual([]);
  });

  expect(await queuedJobs('mail')).toMatchObject([
    { name: 'order-confirmation', payload: { orderId: 'ord_1' } },
  ]);
});

test('a job of a transaction that failed is never queued', async () => {
  const em = db();
  const work = transaction(em, async () => {
    await afterCommit(em, orderConfirmation, { orderId: 'ord_1' });
    throw new Error('no');
  });

  await expect(work).rejects.toThrow('no');
  expect(await queuedJobs('mail')).toEqual([]);
});

test('jobs with the same job id are one job while it waits', async () => {
  const em = db();
  await afterCommit(em, orderConfirmation, { orderId: 'ord_1' }, { jobId: 'same' });
  await afterCommit(em, orderConfirmation, { orderId: 'ord_1' }, { jobId: 'same' });

  expect(await queuedJobs('mail')).toHaveLength(1);
});

test('the request id travels with the job', async () => {
  await withRequestId('req-7', () => afterCommit(db(), orderConfirmation, { orderId: 'ord_1' }));

  const [job] = await queueNamed('mail').getJobs(['waiting']);
  expect(job?.data.requestId).toBe('req-7');
});
