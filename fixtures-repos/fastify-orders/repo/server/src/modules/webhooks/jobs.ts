import { now } from '../../core/clock.ts';
import { transaction } from '../../db/transaction.ts';
import { deliverWebhook } from '../../jobs/definitions.ts';
import { handle } from '../../jobs/handlers.ts';
import { WebhookDelivery } from './entities.ts';
import { signature } from './signature.ts';

export const webhookHandlers = [
  handle(deliverWebhook, async ({ deliveryId }, { em, ports, log, attempt }) => {
    const delivery = await em.findOne(
      WebhookDelivery,
      { publicId: deliveryId },
      { populate: ['endpoint'] },
    );
    if (delivery === null || delivery.status === 'delivered') {
      log.info({ deliveryId }, 'nothing to deliver');
      return { ok: true };
    }
    const { endpoint, topic } = delivery;
    const at = now();
    const body = JSON.stringify({ id: delivery.publicId, topic, data: delivery.body });
    const answer = await ports.http.post(endpoint.url, body, {
      'x-orders-signature': signature(endpoint.secret, at, body),
    });
    const ok = answer.status >= 200 && answer.status < 300;
    await transaction(em, async () => {
      delivery.attempts += 1;
      delivery.lastStatusCode = answer.status;
      if (ok) {
        delivery.status = 'delivered';
        delivery.deliveredAt = at;
      } else if (attempt >= deliverWebhook.attempts) {
        delivery.status = 'failed';
      }
    });
    return { ok, status: answer.status };
  }),
];
