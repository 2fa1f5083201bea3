export interface CustomerBody {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
  readonly note: string;
}

export interface CustomerRow extends CustomerBody {
  readonly orders_count: number;
  readonly last_order_at: string | null;
}
