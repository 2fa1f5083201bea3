import type { OrderBody, OrderLineBody, OrderRow } from '../../../../contracts/orders.ts';
import { money } from '../../core/money.ts';
import { optionalTimestamp, timestamp } from '../../core/timestamps.ts';
import type { Order, OrderLine } from './entities.ts';

export function presentOrderRow(order: Order): OrderRow {
  return {
    id: order.publicId,
    number: order.number,
    status: order.status,
    customer: { id: order.customer.publicId, name: order.customer.name },
    total: money(order.total, order.currency),
    placed_at: optionalTimestamp(order.placedAt),
    created_at: timestamp(order.createdAt),
  };
}

function presentLine(line: OrderLine, currency: string): OrderLineBody {
  return {
    line: line.position,
    product_id: line.product.publicId,
    sku: line.sku,
    name: line.name,
    unit_price: money(line.unitPrice, currency),
    quantity: line.quantity,
    discount: money(line.discount, currency),
    tax: money(line.tax, currency),
  };
}

export function presentOrder(order: Order): OrderBody {
  const { currency } = order;
  return {
    ...presentOrderRow(order),
    lines: order.lines.getItems().map((line) => presentLine(line, currency)),
    subtotal: money(order.subtotal, currency),
    discount: money(order.discount, currency),
    tax: money(order.tax, currency),
    note: order.note,
    shipping_address: order.shippingAddress,
    paid_at: optionalTimestamp(order.paidAt),
    shipped_at: optionalTimestamp(order.shippedAt),
    delivered_at: optionalTimestamp(order.deliveredAt),
    cancelled_at: optionalTimestamp(order.cancelledAt),
  };
}
