import type { ShipmentBody } from '../../../../contracts/shipments.ts';
import { optionalTimestamp, timestamp } from '../../core/timestamps.ts';
import type { Shipment } from './entities.ts';

export function presentShipment(shipment: Shipment): ShipmentBody {
  return {
    id: shipment.publicId,
    order_id: shipment.order.publicId,
    carrier: shipment.carrier,
    tracking_number: shipment.trackingNumber ?? null,
    status: shipment.status,
    lines: shipment.lines
      .getItems()
      .map(({ line, quantity }) => ({ line: line.position, quantity })),
    dispatched_at: optionalTimestamp(shipment.dispatchedAt),
    delivered_at: optionalTimestamp(shipment.deliveredAt),
    created_at: timestamp(shipment.createdAt),
  };
}
