export interface ShipmentBody {
  readonly id: string;
  readonly order_id: string;
  readonly carrier: string;
  readonly tracking_number: string | null;
  readonly status: 'prepared' | 'in_transit' | 'delivered';
  readonly lines: readonly { readonly line: number; readonly quantity: number }[];
  readonly dispatched_at: string | null;
  readonly delivered_at: string | null;
  readonly created_at: string;
}
