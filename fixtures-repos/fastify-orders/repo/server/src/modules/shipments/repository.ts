import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import type { Order, OrderLine } from '../orders/entities.ts';
import type { Shop } from '../shops/entities.ts';
import { Shipment, ShipmentLine } from './entities.ts';

export async function listShipments(em: EntityManager, { order }: { order: Order }) {
  return em.find(Shipment, { order }, { populate: ['lines.line'], orderBy: { id: 'asc' } });
}

export async function getShipment(
  em: EntityManager,
  { shop, shipmentId }: { shop: Shop; shipmentId: string },
) {
  const shipment = await em.findOne(
    Shipment,
    { publicId: shipmentId, order: { shop } },
    { populate: ['lines.line', 'order.lines.product', 'order.customer'] },
  );
  if (shipment === null) {
    throw new NotFound('shipment_not_found', 'There is no such shipment.');
  }
  return shipment;
}

export async function shippedUnits(
  em: EntityManager,
  { line }: { line: OrderLine },
): Promise<number> {
  const rows = await em.find(ShipmentLine, { line });
  return rows.reduce((sum, { quantity }) => sum + quantity, 0);
}

export async function countOpen(em: EntityManager, { order }: { order: Order }): Promise<number> {
  return em.count(Shipment, { order, status: { $ne: 'delivered' } });
}
