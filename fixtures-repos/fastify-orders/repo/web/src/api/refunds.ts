import type { Client } from './client.ts';
import type { RefundBody } from './types.ts';

export interface RefundDraft {
  readonly lines: readonly { readonly line: number; readonly quantity: number }[];
  readonly reason: string;
  readonly restock: boolean;
}

export function listRefunds(client: Client, shopId: string, orderId: string) {
  return client.get<{ items: RefundBody[] }>(`/shops/${shopId}/orders/${orderId}/refunds`);
}

export function createRefund(client: Client, shopId: string, orderId: string, draft: RefundDraft, key: string) {
  const headers = { 'idempotency-key': key };
  return client.post<RefundBody>(`/shops/${shopId}/orders/${orderId}/refunds`, draft, headers);
}
