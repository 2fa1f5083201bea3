import type { EntityManager } from '@mikro-orm/sql';
import type { FastifyBaseLogger } from 'fastify';
import type { Ports } from '../ports.ts';
import type { Job, QueueName } from './job.ts';

export interface JobContext {
  readonly em: EntityManager;
  readonly ports: Ports;
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  readonly jobId: string;
  readonly attempt: number;
}

export interface JobHandler {
  readonly queue: QueueName;
  readonly name: string;
  readonly run: (payload: never, context: JobContext) => Promise<unknown>;
}

export function handle<Payload extends object>(
  job: Job<Payload>,
  run: (payload: Payload, context: JobContext) => Promise<unknown>,
): JobHandler {
  return { queue: job.queue, name: job.name, run };
}
