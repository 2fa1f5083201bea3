import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { page, paginate } from '../../core/pagination.ts';
import { idParam, inShop } from '../../http/access.ts';
import { WebhookDelivery } from './entities.ts';
import { presentDelivery, presentNewWebhook, presentWebhook } from './presenter.ts';
import { getDelivery, getWebhook, listWebhooks } from './repository.ts';
import { ListDeliveries, NewWebhook, WebhookChanges } from './schemas.ts';
import { createWebhook, redeliver, removeWebhook, updateWebhook } from './service.ts';

export async function webhookRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/webhooks', async (request) => {
    const { em, shop } = await inShop(request, 'manager');
    return { items: (await listWebhooks(em, { shop })).map(presentWebhook) };
  });

  app.post('/shops/:shopId/webhooks', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const input = parsed(NewWebhook, request.body);
    const endpoint = await createWebhook(em, { actor, shop, input });
    reply.status(201);
    return presentNewWebhook(endpoint);
  });

  app.patch('/shops/:shopId/webhooks/:webhookId', async (request) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const input = parsed(WebhookChanges, request.body);
    const endpoint = await getWebhook(em, { shop, webhookId: idParam(request, 'webhook') });
    return presentWebhook(await updateWebhook(em, { actor, endpoint, input }));
  });

  app.delete('/shops/:shopId/webhooks/:webhookId', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const endpoint = await getWebhook(em, { shop, webhookId: idParam(request, 'webhook') });
    await removeWebhook(em, { actor, endpoint });
    return reply.status(204).send();
  });

  app.get('/shops/:shopId/webhooks/:webhookId/deliveries', async (request) => {
    const { em, shop } = await inShop(request, 'manager');
    const { status, ...wanted } = parsed(ListDeliveries, request.query);
    const endpoint = await getWebhook(em, { shop, webhookId: idParam(request, 'webhook') });
    const where = { endpoint, ...(status ? { status } : {}) };
    return page(await paginate(em, WebhookDelivery, where, wanted), presentDelivery);
  });

  app.post(
    '/shops/:shopId/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
    async (request, reply) => {
      const { em, actor, shop } = await inShop(request, 'manager');
      const endpoint = await getWebhook(em, { shop, webhookId: idParam(request, 'webhook') });
      const deliveryId = idParam(request, 'delivery');
      const delivery = await redeliver(em, {
        actor,
        delivery: await getDelivery(em, { endpoint, deliveryId }),
      });
      reply.status(202);
      return presentDelivery(delivery);
    },
  );
}
