import type { EntityManager } from '@mikro-orm/sql';
import { currentRequestId } from '../core/request-id.ts';
import { onCommit } from '../db/transaction.ts';
import type { Job, JobOptions } from './job.ts';
import { send } from './queues.ts';

export async function afterCommit<Payload extends object>(
  em: EntityManager,
  job: Job<Payload>,
  payload: Payload,
  options: JobOptions = {},
): Promise<void> {
  const requestId = currentRequestId();
  await onCommit(em, () => send(job, { payload, requestId }, options));
}
