import { Worker } from 'bullmq';
import { withRequestId } from '../core/request-id.ts';
import type { Orm } from '../db/orm.ts';
import { stockHandlers } from '../modules/catalog/jobs.ts';
import { exportHandlers } from '../modules/exports/jobs.ts';
import { mailHandlers } from '../modules/mail/jobs.ts';
import { refundHandlers } from '../modules/refunds/jobs.ts';
import { webhookHandlers } from '../modules/webhooks/jobs.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { JobContext, JobHandler } from './handlers.ts';
import type { QueueName } from './job.ts';
import { type Envelope, redisConnection } from './queues.ts';

const handlers: readonly JobHandler[] = [
  ...mailHandlers,
  ...webhookHandlers,
  ...exportHandlers,
  ...stockHandlers,
  ...refundHandlers,
];

export interface WorkerOptions {
  readonly orm: Orm;
  readonly ports: Ports;
  readonly settings: Settings;
  readonly log: JobContext['log'];
  readonly queues: readonly QueueName[];
}

export function startWorkers({ orm, ports, settings, log, queues }: WorkerOptions): Worker[] {
  return queues.map((queue) => {
    const worker = new Worker<Envelope>(
      queue,
      async (job) => {
        const handler = handlers.find((each) => each.queue === queue && each.name === job.name);
        if (handler === undefined) {
          throw new Error(`No handler for the job ${queue}/${job.name}.`);
        }
        const jobId = job.id ?? '';
        const context = { em: orm.em.fork(), ports, log, jobId, attempt: job.attemptsMade + 1 };
        return withRequestId(job.data.requestId ?? jobId, () =>
          handler.run(job.data.payload as never, context),
        );
      },
      { connection: redisConnection(settings), concurrency: 4 },
    );
    worker.on('failed', (job, error) => {
      log.warn({ queue, job: job?.name, jobId: job?.id, error: error.message }, 'job failed');
    });
    return worker;
  });
}
