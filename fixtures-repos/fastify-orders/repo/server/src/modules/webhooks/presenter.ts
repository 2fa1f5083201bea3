import type { DeliveryBody, NewWebhookBody, WebhookBody } from '../../../../contracts/webhooks.ts';
import { optionalTimestamp, timestamp } from '../../core/timestamps.ts';
import type { WebhookDelivery, WebhookEndpoint } from './entities.ts';

export function presentWebhook(endpoint: WebhookEndpoint): WebhookBody {
  return {
    id: endpoint.publicId,
    url: endpoint.url,
    topics: endpoint.topics,
    active: endpoint.active,
    created_at: timestamp(endpoint.createdAt),
  };
}

export function presentNewWebhook(endpoint: WebhookEndpoint): NewWebhookBody {
  return { ...presentWebhook(endpoint), secret: endpoint.secret };
}

export function presentDelivery(delivery: WebhookDelivery): DeliveryBody {
  return {
    id: delivery.publicId,
    topic: delivery.topic,
    status: delivery.status,
    attempts: delivery.attempts,
    last_status_code: delivery.lastStatusCode ?? null,
    delivered_at: optionalTimestamp(delivery.deliveredAt),
    created_at: timestamp(delivery.createdAt),
  };
}
