import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import type { Shop } from '../shops/entities.ts';
import { WebhookDelivery, WebhookEndpoint } from './entities.ts';

export async function listWebhooks(em: EntityManager, { shop }: { shop: Shop }) {
  return em.find(WebhookEndpoint, { shop }, { orderBy: { id: 'asc' } });
}

export async function getWebhook(
  em: EntityManager,
  { shop, webhookId }: { shop: Shop; webhookId: string },
): Promise<WebhookEndpoint> {
  const endpoint = await em.findOne(WebhookEndpoint, { shop, publicId: webhookId });
  if (endpoint === null) {
    throw new NotFound('webhook_not_found', 'There is no such webhook.');
  }
  return endpoint;
}

export async function getDelivery(
  em: EntityManager,
  { endpoint, deliveryId }: { endpoint: WebhookEndpoint; deliveryId: string },
): Promise<WebhookDelivery> {
  const delivery = await em.findOne(WebhookDelivery, { endpoint, publicId: deliveryId });
  if (delivery === null) {
    throw new NotFound('delivery_not_found', 'There is no such delivery.');
  }
  return delivery;
}
