import { type FilterQuery, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import { dayAfter, startOfDay } from '../../core/timestamps.ts';
import { Shop } from '../shops/entities.ts';
import { Order, type OrderLine } from './entities.ts';
import type { OrderStatus } from './state.ts';

export async function getOrder(
  em: EntityManager,
  { shop, orderId }: { shop: Shop; orderId: string },
): Promise<Order> {
  const order = await em.findOne(
    Order,
    { shop, publicId: orderId },
    { populate: ['customer', 'lines.product'] },
  );
  if (order === null) {
    throw new NotFound('order_not_found', 'There is no such order.');
  }
  return order;
}

export function getLine(order: Order, position: number): OrderLine {
  const line = order.lines.getItems().find((each) => each.position === position);
  if (line === undefined) {
    throw new NotFound('line_not_found', `The order has no line ${position}.`);
  }
  return line;
}

export function placedBetween(from?: string, to?: string): FilterQuery<Order> {
  return {
    $and: [
      from ? { placedAt: { $gte: startOfDay(from) } } : {},
      to ? { placedAt: { $lt: dayAfter(to) } } : {},
    ],
  };
}

export function orderFilter({
  shop,
  status,
  customerId,
  from,
  to,
}: {
  shop: Shop;
  status?: OrderStatus | undefined;
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}): FilterQuery<Order> {
  return {
    $and: [
      { shop },
      status ? { status } : {},
      customerId ? { customer: { publicId: customerId } } : {},
      placedBetween(from, to),
    ],
  };
}

export async function nextOrderNumber(
  em: EntityManager,
  { shop }: { shop: Shop },
): Promise<number> {
  await em.nativeUpdate(Shop, { id: shop.id }, { lastOrderNumber: raw('last_order_number + 1') });
  await em.refresh(shop);
  return shop.lastOrderNumber;
}
