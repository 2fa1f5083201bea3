import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { idParam } from '../../http/access.ts';
import { inOrder } from '../orders/routes.ts';
import { presentRefund } from './presenter.ts';
import { getRefund, listRefunds } from './repository.ts';
import { KeyHeader, NewRefund } from './schemas.ts';
import { createRefund } from './service.ts';

export async function refundRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/orders/:orderId/refunds', async (request) => {
    const { em, order } = await inOrder(request, 'viewer');
    return { items: (await listRefunds(em, { order })).map(presentRefund) };
  });

  app.get('/shops/:shopId/orders/:orderId/refunds/:refundId', async (request) => {
    const { em, order } = await inOrder(request, 'viewer');
    return presentRefund(await getRefund(em, { order, refundId: idParam(request, 'refund') }));
  });

  app.post('/shops/:shopId/orders/:orderId/refunds', async (request, reply) => {
    const { em, actor, order } = await inOrder(request, 'manager');
    const { key } = parsed(KeyHeader, { key: request.headers['idempotency-key'] });
    const input = parsed(NewRefund, request.body);
    const { refund, repeated } = await createRefund(em, { actor, order, input, key });
    reply.status(repeated ? 200 : 201);
    return presentRefund(refund);
  });
}
