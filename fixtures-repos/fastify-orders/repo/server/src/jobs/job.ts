export const queueNames = ['mail', 'webhooks', 'exports', 'stock', 'payments'] as const;

export type QueueName = (typeof queueNames)[number];

export interface Job<Payload extends object> {
  readonly queue: QueueName;
  readonly name: string;
  readonly attempts: number;
  readonly payload?: Payload;
}

export interface JobOptions {
  readonly jobId?: string;
  readonly delay?: number;
  readonly priority?: number;
}

export function defineJob<Payload extends object>(
  queue: QueueName,
  name: string,
  { attempts = 3 }: { attempts?: number } = {},
): Job<Payload> {
  return { queue, name, attempts };
}
