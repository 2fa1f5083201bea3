import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parsed } from '../../core/input.ts';
import { page, paginate } from '../../core/pagination.ts';
import { idParam, inShop, numberParam } from '../../http/access.ts';
import type { Role } from '../shops/roles.ts';
import { Order } from './entities.ts';
import { presentOrder, presentOrderRow } from './presenter.ts';
import { reorder } from './reorder.ts';
import { getOrder, orderFilter } from './repository.ts';
import { LineChange, ListOrders, NewOrder, OrderChanges } from './schemas.ts';
import {
  cancelOrder,
  changeLine,
  createOrder,
  placeOrder,
  startPacking,
  updateOrder,
} from './service.ts';

export async function inOrder(request: FastifyRequest, needed: Role) {
  const access = await inShop(request, needed);
  const { em, shop } = access;
  const order = await getOrder(em, { shop, orderId: idParam(request, 'order') });
  return { ...access, order };
}

export async function orderRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/orders', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    const { status, customer_id, from, to, ...wanted } = parsed(ListOrders, request.query);
    const where = orderFilter({ shop, status, customerId: customer_id, from, to });
    const found = await paginate(em, Order, where, wanted, { populate: ['customer'] });
    return page(found, (order) => presentOrderRow(order as Order));
  });

  app.post('/shops/:shopId/orders', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'clerk');
    const input = parsed(NewOrder, request.body);
    const order = await createOrder(em, { actor, shop, input });
    reply.status(201);
    return presentOrder(order);
  });

  app.get('/shops/:shopId/orders/:orderId', async (request) => {
    const { order } = await inOrder(request, 'viewer');
    return presentOrder(order);
  });

  app.patch('/shops/:shopId/orders/:orderId', async (request) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    const input = parsed(OrderChanges, request.body);
    return presentOrder(await updateOrder(em, { actor, order, input }));
  });

  app.patch('/shops/:shopId/orders/:orderId/lines/:line', async (request) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    const { quantity } = parsed(LineChange, request.body);
    const position = numberParam(request, 'line');
    return presentOrder(await changeLine(em, { actor, order, position, quantity }));
  });

  app.post('/shops/:shopId/orders/:orderId/place', async (request) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    return presentOrder(await placeOrder(em, { actor, order }));
  });

  app.post('/shops/:shopId/orders/:orderId/pack', async (request) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    return presentOrder(await startPacking(em, { actor, order }));
  });

  app.post('/shops/:shopId/orders/:orderId/cancel', async (request) => {
    const { em, actor, order } = await inOrder(request, 'manager');
    return presentOrder(await cancelOrder(em, { actor, order }));
  });

  app.post('/shops/:shopId/orders/:orderId/reorder', async (request, reply) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    const placed = await reorder(em, { actor, source: order });
    reply.status(201);
    return presentOrder(placed);
  });
}
