import type { Money } from './money.ts';

export interface PaymentBody {
  readonly id: string;
  readonly amount: Money;
  readonly method: 'card' | 'transfer' | 'cash';
  readonly reference: string;
  readonly received_at: string;
}

export interface RefundBody {
  readonly id: string;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly amount: Money;
  readonly reason: string;
  readonly failure: string | null;
  readonly restocked: boolean;
  readonly lines: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly amount: Money;
  }[];
  readonly created_at: string;
  readonly settled_at: string | null;
}
