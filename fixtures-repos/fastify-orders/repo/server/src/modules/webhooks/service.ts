import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/sql';
import { Conflict, InvalidState } from '../../core/errors.ts';
import { transaction } from '../../db/transaction.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Shop } from '../shops/entities.ts';
import { type WebhookDelivery, WebhookEndpoint } from './entities.ts';
import { scheduleDelivery } from './publish.ts';
import { listWebhooks } from './repository.ts';
import type { NewWebhook, WebhookChanges } from './schemas.ts';

const maximum = 5;

export async function createWebhook(
  em: EntityManager,
  { actor, shop, input }: { actor: User; shop: Shop; input: NewWebhook },
): Promise<WebhookEndpoint> {
  return transaction(em, async () => {
    if ((await listWebhooks(em, { shop })).length >= maximum) {
      throw new Conflict('too_many_webhooks', `A shop can have ${maximum} webhooks.`, {
        details: { maximum },
      });
    }
    const secret = `whsec_${randomBytes(24).toString('hex')}`;
    const endpoint = em.create(WebhookEndpoint, { shop, secret, ...input });
    await em.flush();
    recordEvent(em, { shop, actor, action: 'webhook.created', subject: endpoint.publicId });
    return endpoint;
  });
}

export async function updateWebhook(
  em: EntityManager,
  { actor, endpoint, input }: { actor: User; endpoint: WebhookEndpoint; input: WebhookChanges },
): Promise<WebhookEndpoint> {
  return transaction(em, async () => {
    if (input.url !== undefined) {
      endpoint.url = input.url;
    }
    if (input.topics !== undefined) {
      endpoint.topics = input.topics;
    }
    if (input.active !== undefined) {
      endpoint.active = input.active;
    }
    recordEvent(em, {
      shop: endpoint.shop,
      actor,
      action: 'webhook.updated',
      subject: endpoint.publicId,
      data: { fields: Object.keys(input) },
    });
    return endpoint;
  });
}

export async function removeWebhook(
  em: EntityManager,
  { actor, endpoint }: { actor: User; endpoint: WebhookEndpoint },
): Promise<void> {
  await transaction(em, async () => {
    const { shop, publicId } = endpoint;
    em.remove(endpoint);
    recordEvent(em, { shop, actor, action: 'webhook.removed', subject: publicId });
  });
}

export async function redeliver(
  em: EntityManager,
  { actor, delivery }: { actor: User; delivery: WebhookDelivery },
): Promise<WebhookDelivery> {
  return transaction(em, async () => {
    if (delivery.status !== 'failed') {
      throw new InvalidState('delivery_state', 'Only a failed delivery can be repeated.', {
        details: { status: delivery.status },
      });
    }
    delivery.status = 'pending';
    const { shop, publicId } = delivery.endpoint;
    recordEvent(em, { shop, actor, action: 'webhook.redelivered', subject: publicId });
    await scheduleDelivery(em, delivery);
    return delivery;
  });
}
