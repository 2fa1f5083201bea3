import type { PaymentBody } from '../../../../contracts/payments.ts';
import { money } from '../../core/money.ts';
import { timestamp } from '../../core/timestamps.ts';
import type { Payment } from './entities.ts';

export function presentPayment(payment: Payment): PaymentBody {
  return {
    id: payment.publicId,
    amount: money(payment.amount, payment.order.currency),
    method: payment.method,
    reference: payment.reference,
    received_at: timestamp(payment.receivedAt),
  };
}
