import { defineJob } from './job.ts';

export const orderConfirmation = defineJob<{ orderId: string }>('mail', 'order-confirmation');
export const paymentReceipt = defineJob<{ paymentId: string }>('mail', 'payment-receipt');
export const shipmentNotice = defineJob<{ shipmentId: string }>('mail', 'shipment-notice');
export const refundNotice = defineJob<{ refundId: string }>('mail', 'refund-notice');
export const lowStockAlert = defineJob<{ productId: string }>('stock', 'low-stock-alert');
export const deliverWebhook = defineJob<{ deliveryId: string }>('webhooks', 'deliver', {
  attempts: 5,
});
export const writeExport = defineJob<{ exportId: string }>('exports', 'write', { attempts: 2 });
export const settleRefund = defineJob<{ refundId: string }>('payments', 'settle-refund', {
  attempts: 4,
});
