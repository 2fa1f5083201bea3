import { formatMoney, money } from '../../core/money.ts';
import type { Product } from '../catalog/entities.ts';
import type { Order } from '../orders/entities.ts';
import type { Payment } from '../payments/entities.ts';
import type { Refund } from '../refunds/entities.ts';
import type { Shipment } from '../shipments/entities.ts';

interface Text {
  readonly subject: string;
  readonly text: string;
}

function total(amount: number, order: Order): string {
  return formatMoney(money(amount, order.currency));
}

export function orderConfirmationText(order: Order): Text {
  const lines = order.lines.getItems().map(({ quantity, name }) => `${quantity} x ${name}`);
  return {
    subject: `Your order ${order.number}`,
    text: [`Hello ${order.customer.name},`, ...lines, `Total: ${total(order.total, order)}`].join(
      '\n',
    ),
  };
}

export function paymentReceiptText({ order, amount }: Payment): Text {
  return {
    subject: `Payment received for order ${order.number}`,
    text: `We received ${total(amount, order)}. Thank you.`,
  };
}

export function shipmentNoticeText({ order, carrier, trackingNumber }: Shipment): Text {
  const tracking = trackingNumber ? ` The tracking number is ${trackingNumber}.` : '';
  return {
    subject: `Order ${order.number} is on its way`,
    text: `${carrier} has collected your parcel.${tracking}`,
  };
}

export function refundNoticeText({ order, amount }: Refund): Text {
  return {
    subject: `Refund for order ${order.number}`,
    text: `We paid ${total(amount, order)} back to you.`,
  };
}

export function lowStockText(product: Product): Text {
  return {
    subject: `${product.sku} is running low`,
    text: `${product.stock} of ${product.name} are left.`,
  };
}
