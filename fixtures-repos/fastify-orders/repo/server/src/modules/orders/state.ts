import { now } from '../../core/clock.ts';
import { InvalidState } from '../../core/errors.ts';
import type { Order } from './entities.ts';

export const orderStatuses = [
  'draft',
  'placed',
  'paid',
  'packing',
  'shipped',
  'delivered',
  'cancelled',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

const next: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  draft: ['placed', 'cancelled'],
  placed: ['paid', 'cancelled'],
  paid: ['packing', 'cancelled'],
  packing: ['shipped'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

const stamps = {
  placed: 'placedAt',
  paid: 'paidAt',
  shipped: 'shippedAt',
  delivered: 'deliveredAt',
  cancelled: 'cancelledAt',
} as const;

export function moveOrder(order: Order, to: OrderStatus): void {
  const from: OrderStatus = order.status;
  if (!next[from].includes(to)) {
    throw new InvalidState('order_state', `An order that is ${from} cannot become ${to}.`, {
      details: { status: from, wanted: to },
    });
  }
  order.status = to;
  if (to in stamps) {
    order[stamps[to as keyof typeof stamps]] = now();
  }
}

export function ensureStatus(order: Order, ...allowed: readonly OrderStatus[]): void {
  if (!allowed.includes(order.status)) {
    throw new InvalidState(
      'order_state',
      `This is not possible while the order is ${order.status}.`,
      {
        details: { status: order.status, allowed },
      },
    );
  }
}
