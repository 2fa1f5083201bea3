import { now } from '../../core/clock.ts';
import { transaction } from '../../db/transaction.ts';
import {
  orderConfirmation,
  paymentReceipt,
  refundNotice,
  shipmentNotice,
} from '../../jobs/definitions.ts';
import { handle } from '../../jobs/handlers.ts';
import { Order } from '../orders/entities.ts';
import { Payment } from '../payments/entities.ts';
import { Refund } from '../refunds/entities.ts';
import { Shipment } from '../shipments/entities.ts';
import { sendOnce } from './send-once.ts';
import {
  orderConfirmationText,
  paymentReceiptText,
  refundNoticeText,
  shipmentNoticeText,
} from './texts.ts';

export const mailHandlers = [
  handle(orderConfirmation, async ({ orderId }, { em, ports, log }) => {
    const order = await em.findOne(
      Order,
      { publicId: orderId },
      { populate: ['customer', 'shop', 'lines'] },
    );
    if (order === null) {
      log.warn({ orderId }, 'no such order');
      return;
    }
    await sendOnce(em, ports.mailer, {
      shop: order.shop,
      key: `order-confirmation.${order.publicId}`,
      to: order.customer.email,
      ...orderConfirmationText(order),
    });
  }),

  handle(paymentReceipt, async ({ paymentId }, { em, ports, log }) => {
    const payment = await em.findOne(
      Payment,
      { publicId: paymentId },
      { populate: ['order.customer', 'order.shop'] },
    );
    if (payment === null) {
      log.warn({ paymentId }, 'no such payment');
      return;
    }
    const { customer, shop } = payment.order;
    const receipt = paymentReceiptText(payment);
    await ports.mailer.send({ to: customer.email, ...receipt });
    if (shop.alertEmail) {
      await ports.mailer.send({ to: shop.alertEmail, ...receipt });
    }
  }),

  handle(shipmentNotice, async ({ shipmentId }, { em, ports, log }) => {
    const shipment = await em.findOne(
      Shipment,
      { publicId: shipmentId },
      { populate: ['order.customer', 'order.shop'] },
    );
    if (shipment === null || shipment.status === 'prepared') {
      log.warn({ shipmentId }, 'shipment is not on its way');
      return;
    }
    const { order } = shipment;
    await sendOnce(em, ports.mailer, {
      shop: order.shop,
      key: `shipment-notice.${shipment.publicId}`,
      to: order.customer.email,
      ...shipmentNoticeText(shipment),
    });
    await transaction(em, async () => {
      shipment.noticeSentAt = now();
    });
  }),

  handle(refundNotice, async ({ refundId }, { em, ports, log }) => {
    const refund = await em.findOne(
      Refund,
      { publicId: refundId },
      { populate: ['order.customer', 'order.shop'] },
    );
    if (refund === null) {
      log.warn({ refundId }, 'no such refund');
      return;
    }
    const { order } = refund;
    await sendOnce(em, ports.mailer, {
      shop: order.shop,
      key: `refund-notice.${refund.publicId}`,
      to: order.customer.email,
      ...refundNoticeText(refund),
    });
  }),
];
