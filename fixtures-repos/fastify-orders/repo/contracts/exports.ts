export interface ExportBody {
  readonly id: string;
  readonly kind: 'orders' | 'customers';
  readonly status: 'queued' | 'ready' | 'failed';
  readonly from: string | null;
  readonly to: string | null;
  readonly rows: number | null;
  readonly requested_by: string;
  readonly finished_at: string | null;
  readonly created_at: string;
}
