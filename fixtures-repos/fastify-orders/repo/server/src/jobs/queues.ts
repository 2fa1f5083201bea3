import { Queue } from 'bullmq';
import type { Settings } from '../settings.ts';
import { type Job, type JobOptions, type QueueName, queueNames } from './job.ts';

export interface Envelope<Payload extends object = object> {
  readonly payload: Payload;
  readonly requestId: string | null;
}

interface Connected {
  readonly settings: Settings;
  readonly queues: ReadonlyMap<QueueName, Queue>;
}

let connected: Connected | null = null;

export function redisConnection(settings: Settings) {
  const shared = { maxRetriesPerRequest: null, enableOfflineQueue: true };
  return { ...settings.redis, ...shared };
}

export function connectQueues(settings: Settings): void {
  const connection = redisConnection(settings);
  const queues = queueNames.map((name) => [name, new Queue(name, { connection })] as const);
  connected = { settings, queues: new Map(queues) };
}

export function jobSettings(): Settings {
  if (connected === null) {
    throw new Error('connectQueues was not called.');
  }
  return connected.settings;
}

export function queueNamed(name: QueueName): Queue {
  const queue = connected?.queues.get(name);
  if (queue === undefined) {
    throw new Error('connectQueues was not called.');
  }
  return queue;
}

export async function closeQueues(): Promise<void> {
  const queues = [...(connected?.queues.values() ?? [])];
  connected = null;
  await Promise.all(queues.map((queue) => queue.close()));
}

export async function send<Payload extends object>(
  job: Job<Payload>,
  envelope: Envelope<Payload>,
  options: JobOptions,
): Promise<void> {
  await queueNamed(job.queue).add(job.name, envelope, {
    ...options,
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: jobSettings().jobBackoffMs },
    removeOnComplete: true,
    removeOnFail: { age: 7 * 24 * 3600 },
  });
}
