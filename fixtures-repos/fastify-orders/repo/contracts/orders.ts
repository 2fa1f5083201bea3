import type { Money } from './money.ts';

export type OrderStatusName =
  | 'draft'
  | 'placed'
  | 'paid'
  | 'packing'
  | 'shipped'
  | 'delivered'
  | 'cancelled';

export interface OrderRow {
  readonly id: string;
  readonly number: number;
  readonly status: OrderStatusName;
  readonly customer: { readonly id: string; readonly name: string };
  readonly total: Money;
  readonly placed_at: string | null;
  readonly created_at: string;
}

export interface OrderLineBody {
  readonly line: number;
  readonly product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly unit_price: Money;
  readonly quantity: number;
  readonly discount: Money;
  readonly tax: Money;
}

export interface OrderBody extends OrderRow {
  readonly lines: readonly OrderLineBody[];
  readonly subtotal: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly note: string;
  readonly shipping_address: string;
  readonly paid_at: string | null;
  readonly shipped_at: string | null;
  readonly delivered_at: string | null;
  readonly cancelled_at: string | null;
}
