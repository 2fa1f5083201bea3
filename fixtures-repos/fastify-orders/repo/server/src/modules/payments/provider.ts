export interface RefundRequest {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly idempotencyKey: string;
}

export type RefundAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface PaymentProvider {
  refund(request: RefundRequest): Promise<RefundAnswer>;
}

export function createProvider(baseUrl: string): PaymentProvider {
  return {
    async refund({ reference, amount, currency, idempotencyKey }) {
      const response = await fetch(`${baseUrl}/refunds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify({ payment: reference, amount, currency }),
        signal: AbortSignal.timeout(10_000),
      });
      if (response.status === 422) {
        const { reason } = (await response.json()) as { reason?: string };
        return { kind: 'rejected', reason: reason ?? 'The provider refused.' };
      }
      if (!response.ok) {
        throw new Error(`The payment provider answered ${response.status}.`);
      }
      return { kind: 'accepted' };
    },
  };
}
