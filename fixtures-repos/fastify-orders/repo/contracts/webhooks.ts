export interface WebhookBody {
  readonly id: string;
  readonly url: string;
  readonly topics: readonly string[];
  readonly active: boolean;
  readonly created_at: string;
}

export interface NewWebhookBody extends WebhookBody {
  readonly secret: string;
}

export interface DeliveryBody {
  readonly id: string;
  readonly topic: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly last_status_code: number | null;
  readonly delivered_at: string | null;
  readonly created_at: string;
}
