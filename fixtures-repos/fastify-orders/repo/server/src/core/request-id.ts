import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

export function currentRequestId(): string | null {
  return storage.getStore() ?? null;
}

export function withRequestId<Result>(requestId: string, work: () => Result): Result {
  return storage.run(requestId, work);
}

export function newRequestId(): string {
  return `req_${randomUUID()}`;
}
