import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { inOrder } from '../orders/routes.ts';
import { presentPayment } from './presenter.ts';
import { listPayments } from './repository.ts';
import { NewPayment } from './schemas.ts';
import { recordPayment } from './service.ts';

export async function paymentRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/orders/:orderId/payments', async (request) => {
    const { em, order } = await inOrder(request, 'viewer');
    return { items: (await listPayments(em, { order })).map(presentPayment) };
  });

  app.post('/shops/:shopId/orders/:orderId/payments', async (request, reply) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    const input = parsed(NewPayment, request.body);
    const payment = await recordPayment(em, { actor, order, input });
    reply.status(201);
    return presentPayment(payment);
  });
}
