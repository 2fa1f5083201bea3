import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { Order, OrderLine } from '../orders/entities.ts';

export type ShipmentStatus = 'prepared' | 'in_transit' | 'delivered';

export const Shipment = defineEntity({
  name: 'Shipment',
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('shipment')),
    order: () => p.manyToOne(Order),
    carrier: p.string().length(40),
    trackingNumber: p.string().length(80).nullable(),
    status: p.string().length(20).$type<ShipmentStatus>().default('prepared'),
    noticeSentAt: p.datetime().nullable(),
    dispatchedAt: p.datetime().nullable(),
    deliveredAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
    lines: () => p.oneToMany(ShipmentLine).mappedBy('shipment').orderBy({ id: 'asc' }),
  },
});
export type Shipment = InferEntity<typeof Shipment>;

export const ShipmentLine = defineEntity({
  name: 'ShipmentLine',
  properties: {
    id: p.integer().primary(),
    shipment: () => p.manyToOne(Shipment),
    line: () => p.manyToOne(OrderLine),
    quantity: p.integer(),
  },
});
export type ShipmentLine = InferEntity<typeof ShipmentLine>;
