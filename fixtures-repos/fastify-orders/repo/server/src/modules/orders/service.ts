import type { EntityManager } from '@mikro-orm/sql';
import { Conflict, InvalidState, ValidationFailed } from '../../core/errors.ts';
import { transaction } from '../../db/transaction.ts';
import { afterCommit } from '../../jobs/after-commit.ts';
import { orderConfirmation } from '../../jobs/definitions.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import { StockMovement } from '../catalog/entities.ts';
import { findProducts } from '../catalog/repository.ts';
import { ensureSellable } from '../catalog/service.ts';
import { returnStock, takeStock } from '../catalog/stock.ts';
import { getCustomer } from '../customers/repository.ts';
import { amountDue } from '../payments/repository.ts';
import type { Shop } from '../shops/entities.ts';
import { publishEvent } from '../webhooks/publish.ts';
import { Order, OrderLine } from './entities.ts';
import { presentOrder } from './presenter.ts';
import { getLine, nextOrderNumber } from './repository.ts';
import type { NewOrder, OrderChanges } from './schemas.ts';
import { ensureStatus, moveOrder } from './state.ts';
import { recalculate } from './totals.ts';

async function addLines(
  em: EntityManager,
  { shop, order, wanted }: { shop: Shop; order: Order; wanted: NewOrder['lines'] },
): Promise<void> {
  const productIds = wanted.map(({ product_id }) => product_id);
  const products = await findProducts(em, { shop, productIds });
  for (const [index, { product_id, quantity }] of wanted.entries()) {
    const product = products.get(product_id);
    if (product === undefined) {
      throw new ValidationFailed('unknown_product', 'The shop has no such product.', {
        field: `lines.${index}.product_id`,
      });
    }
    ensureSellable(product);
    const { sku, name, price } = product;
    const line = { product, position: index + 1, sku, name, unitPrice: price, quantity };
    order.lines.add(em.create(OrderLine, { order, ...line }));
  }
}

export async function createOrder(
  em: EntityManager,
  { actor, shop, input }: { actor: User; shop: Shop; input: NewOrder },
): Promise<Order> {
  return transaction(em, async () => {
    const customer = await getCustomer(em, { shop, customerId: input.customer_id });
    const order = em.create(Order, {
      shop,
      customer,
      number: await nextOrderNumber(em, { shop }),
      currency: shop.currency,
      discount: input.discount,
      note: input.note,
      shippingAddress: input.shipping_address,
    });
    await addLines(em, { shop, order, wanted: input.lines });
    recalculate(order, shop.taxBasisPoints);
    if (order.discount < input.discount) {
      throw new ValidationFailed('discount_too_high', 'The discount exceeds the order.', {
        field: 'discount',
      });
    }
    await em.flush();
    recordEvent(em, { shop, actor, action: 'order.created', subject: order.publicId });
    return order;
  });
}

export async function updateOrder(
  em: EntityManager,
  { actor, order, input }: { actor: User; order: Order; input: OrderChanges },
): Promise<Order> {
  return transaction(em, async () => {
    ensureStatus(order, 'draft', 'placed', 'paid', 'packing');
    const { shipping_address: shippingAddress, ...fields } = input;
    em.assign(order, { ...fields, ...(shippingAddress === undefined ? {} : { shippingAddress }) });
    recordEvent(em, {
      shop: order.shop,
      actor,
      action: 'order.updated',
      subject: order.publicId,
      data: { fields: Object.keys(input) },
    });
    return order;
  });
}

export async function placeOrder(
  em: EntityManager,
  { actor, order }: { actor: User; order: Order },
): Promise<Order> {
  return transaction(em, async () => {
    const { shop } = order;
    moveOrder(order, 'placed');
    for (const { product, quantity } of order.lines.getItems()) {
      ensureSellable(product);
      const reference = order.publicId;
      await takeStock(em, { product, quantity, reason: 'order', reference, actor });
    }
    recordEvent(em, { shop, actor, action: 'order.placed', subject: order.publicId });
    await publishEvent(em, { shop, topic: 'order.placed', body: { order: presentOrder(order) } });
    await afterCommit(em, orderConfirmation, { orderId: order.publicId });
    return order;
  });
}

export async function changeLine(
  em: EntityManager,
  { actor, order, position, quantity }: ChangedLine,
): Promise<Order> {
  ensureStatus(order, 'draft', 'placed');
  const line = getLine(order, position);
  const { product } = line;
  const more = order.status === 'placed' ? quantity - line.quantity : 0;
  if (more > product.stock) {
    throw new Conflict('out_of_stock', `Only ${product.stock} of ${product.sku} are left.`, {
      details: { sku: product.sku, available: product.stock, wanted: more },
    });
  }
  return transaction(em, async () => {
    const before = line.quantity;
    line.quantity = quantity;
    if (more !== 0) {
      product.stock -= more;
      const reason = more > 0 ? 'order' : 'cancelled';
      const reference = order.publicId;
      em.create(StockMovement, { product, delta: -more, reason, reference, actor });
    }
    recalculate(order, order.shop.taxBasisPoints);
    recordEvent(em, {
      shop: order.shop,
      actor,
      action: 'order.line_changed',
      subject: order.publicId,
      data: { line: position, from: before, to: quantity },
    });
    return order;
  });
}

interface ChangedLine {
  readonly actor: User;
  readonly order: Order;
  readonly position: number;
  readonly quantity: number;
}

export async function startPacking(
  em: EntityManager,
  { actor, order }: { actor: User; order: Order },
): Promise<Order> {
  return transaction(em, async () => {
    moveOrder(order, 'packing');
    recordEvent(em, {
      shop: order.shop,
      actor,
      action: 'order.packing',
      subject: order.publicId,
    });
    return order;
  });
}

export async function cancelOrder(
  em: EntityManager,
  { actor, order }: { actor: User; order: Order },
): Promise<Order> {
  return transaction(em, async () => {
    const { shop } = order;
    const held = order.status === 'placed' || order.status === 'paid';
    const { received, refunded } = await amountDue(em, { order });
    if (received > refunded) {
      throw new InvalidState('order_has_payments', 'Refund what was paid before cancelling.', {
        details: { open: received - refunded },
      });
    }
    moveOrder(order, 'cancelled');
    if (held) {
      for (const { product, quantity } of order.lines.getItems()) {
        const reference = order.publicId;
        await returnStock(em, { product, quantity, reason: 'cancelled', reference, actor });
      }
    }
    recordEvent(em, { shop, actor, action: 'order.cancelled', subject: order.publicId });
    await publishEvent(em, {
      shop,
      topic: 'order.cancelled',
      body: { order: presentOrder(order) },
    });
    return order;
  });
}
