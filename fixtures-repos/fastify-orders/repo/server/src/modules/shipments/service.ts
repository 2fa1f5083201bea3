import type { EntityManager } from '@mikro-orm/sql';
import { now } from '../../core/clock.ts';
import { InvalidState, ValidationFailed } from '../../core/errors.ts';
import { currentRequestId } from '../../core/request-id.ts';
import { transaction } from '../../db/transaction.ts';
import { shipmentNotice } from '../../jobs/definitions.ts';
import { send } from '../../jobs/queues.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Order } from '../orders/entities.ts';
import { presentOrder } from '../orders/presenter.ts';
import { getLine } from '../orders/repository.ts';
import { ensureStatus, moveOrder } from '../orders/state.ts';
import { publishEvent } from '../webhooks/publish.ts';
import { Shipment, ShipmentLine } from './entities.ts';
import { countOpen, shippedUnits } from './repository.ts';
import type { NewShipment } from './schemas.ts';

export async function prepareShipment(
  em: EntityManager,
  { actor, order, input }: { actor: User; order: Order; input: NewShipment },
): Promise<Shipment> {
  return transaction(em, async () => {
    ensureStatus(order, 'packing');
    const shipment = em.create(Shipment, {
      order,
      carrier: input.carrier,
      trackingNumber: input.tracking_number ?? null,
    });
    for (const [index, wanted] of input.lines.entries()) {
      const line = getLine(order, wanted.line);
      const left = line.quantity - (await shippedUnits(em, { line }));
      if (wanted.quantity > left) {
        throw new ValidationFailed('quantity_not_left', 'So many units are not left to ship.', {
          field: `lines.${index}.quantity`,
          details: { line: wanted.line, left },
        });
      }
      shipment.lines.add(em.create(ShipmentLine, { shipment, line, quantity: wanted.quantity }));
    }
    await em.flush();
    recordEvent(em, {
      shop: order.shop,
      actor,
      action: 'shipment.prepared',
      subject: order.publicId,
      data: { shipment: shipment.publicId },
    });
    return shipment;
  });
}

export async function dispatchShipment(
  em: EntityManager,
  { actor, shipment }: { actor: User; shipment: Shipment },
): Promise<Shipment> {
  return transaction(em, async () => {
    const { order } = shipment;
    const { shop } = order;
    if (shipment.status !== 'prepared') {
      throw new InvalidState('shipment_state', 'The shipment has left already.', {
        details: { status: shipment.status },
      });
    }
    shipment.status = 'in_transit';
    shipment.dispatchedAt = now();
    await em.flush();
    const payload = { shipmentId: shipment.publicId };
    const jobId = `shipment.${shipment.publicId}`;
    await send(shipmentNotice, { payload, requestId: currentRequestId() }, { jobId });
    if (order.status === 'packing') {
      moveOrder(order, 'shipped');
      await publishEvent(em, {
        shop,
        topic: 'order.shipped',
        body: { order: presentOrder(order) },
      });
    }
    recordEvent(em, {
      shop,
      actor,
      action: 'shipment.dispatched',
      subject: order.publicId,
      data: { shipment: shipment.publicId },
    });
    return shipment;
  });
}

export async function deliverShipment(
  em: EntityManager,
  { actor, shipment }: { actor: User; shipment: Shipment },
): Promise<Shipment> {
  return transaction(em, async () => {
    const { order } = shipment;
    if (shipment.status !== 'in_transit') {
      throw new InvalidState('shipment_state', 'Only a shipment on its way can be delivered.', {
        details: { status: shipment.status },
      });
    }
    shipment.status = 'delivered';
    shipment.deliveredAt = now();
    await em.flush();
    if (order.status === 'shipped' && (await countOpen(em, { order })) === 0) {
      moveOrder(order, 'delivered');
    }
    recordEvent(em, {
      shop: order.shop,
      actor,
      action: 'shipment.delivered',
      subject: order.publicId,
      data: { shipment: shipment.publicId },
    });
    return shipment;
  });
}
