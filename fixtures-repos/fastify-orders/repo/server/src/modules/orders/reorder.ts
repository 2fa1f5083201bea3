import type { EntityManager } from '@mikro-orm/sql';
import { afterCommit } from '../../jobs/after-commit.ts';
import { orderConfirmation } from '../../jobs/definitions.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import { ensureSellable } from '../catalog/service.ts';
import { takeStock } from '../catalog/stock.ts';
import { publishEvent } from '../webhooks/publish.ts';
import { Order, OrderLine } from './entities.ts';
import { presentOrder } from './presenter.ts';
import { nextOrderNumber } from './repository.ts';
import { ensureStatus, moveOrder } from './state.ts';
import { recalculate } from './totals.ts';

export async function reorder(
  em: EntityManager,
  { actor, source }: { actor: User; source: Order },
): Promise<Order> {
  ensureStatus(source, 'shipped', 'delivered', 'cancelled');
  const { shop, customer, shippingAddress } = source;
  const order = em.create(Order, {
    shop,
    customer,
    number: await nextOrderNumber(em, { shop }),
    currency: shop.currency,
    shippingAddress,
  });
  await em.flush();
  for (const { product, position, quantity } of source.lines.getItems()) {
    ensureSellable(product);
    const { sku, name, price } = product;
    const line = { product, position, sku, name, unitPrice: price, quantity };
    order.lines.add(em.create(OrderLine, { order, ...line }));
    const reference = order.publicId;
    await takeStock(em, { product, quantity, reason: 'order', reference, actor });
    await em.flush();
  }
  recalculate(order, shop.taxBasisPoints);
  moveOrder(order, 'placed');
  recordEvent(em, {
    shop,
    actor,
    action: 'order.placed',
    subject: order.publicId,
    data: { reorder_of: source.publicId },
  });
  await publishEvent(em, { shop, topic: 'order.placed', body: { order: presentOrder(order) } });
  await em.flush();
  await afterCommit(em, orderConfirmation, { orderId: order.publicId });
  return order;
}
