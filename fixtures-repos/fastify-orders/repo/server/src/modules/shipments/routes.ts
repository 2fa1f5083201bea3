import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { idParam, inShop } from '../../http/access.ts';
import { inOrder } from '../orders/routes.ts';
import { presentShipment } from './presenter.ts';
import { getShipment, listShipments } from './repository.ts';
import { NewShipment } from './schemas.ts';
import { deliverShipment, dispatchShipment, prepareShipment } from './service.ts';

export async function shipmentRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/orders/:orderId/shipments', async (request) => {
    const { em, order } = await inOrder(request, 'viewer');
    return { items: (await listShipments(em, { order })).map(presentShipment) };
  });

  app.post('/shops/:shopId/orders/:orderId/shipments', async (request, reply) => {
    const { em, actor, order } = await inOrder(request, 'clerk');
    const input = parsed(NewShipment, request.body);
    const shipment = await prepareShipment(em, { actor, order, input });
    reply.status(201);
    return presentShipment(shipment);
  });

  app.get('/shops/:shopId/shipments/:shipmentId', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    const shipmentId = idParam(request, 'shipment');
    return presentShipment(await getShipment(em, { shop, shipmentId }));
  });

  app.post('/shops/:shopId/shipments/:shipmentId/dispatch', async (request) => {
    const { em, actor, shop } = await inShop(request, 'clerk');
    const shipment = await getShipment(em, { shop, shipmentId: idParam(request, 'shipment') });
    return presentShipment(await dispatchShipment(em, { actor, shipment }));
  });

  app.post('/shops/:shopId/shipments/:shipmentId/deliver', async (request) => {
    const { em, actor, shop } = await inShop(request, 'clerk');
    const shipment = await getShipment(em, { shop, shipmentId: idParam(request, 'shipment') });
    return presentShipment(await deliverShipment(em, { actor, shipment }));
  });
}
