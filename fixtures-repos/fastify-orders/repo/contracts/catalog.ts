import type { Money } from './money.ts';

export interface ProductBody {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly slug: string;
  readonly price: Money;
  readonly stock: number;
  readonly low_stock: boolean;
  readonly low_stock_threshold: number;
  readonly archived: boolean;
  readonly created_at: string;
}

export interface StockMovementBody {
  readonly delta: number;
  readonly reason: 'received' | 'correction' | 'order' | 'cancelled' | 'returned';
  readonly reference: string | null;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly created_at: string;
}
