import type { EntityManager } from '@mikro-orm/sql';
import { Conflict, ValidationFailed } from '../../core/errors.ts';
import { transaction } from '../../db/transaction.ts';
import { afterCommit } from '../../jobs/after-commit.ts';
import { paymentReceipt } from '../../jobs/definitions.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Order } from '../orders/entities.ts';
import { presentOrder } from '../orders/presenter.ts';
import { ensureStatus, moveOrder } from '../orders/state.ts';
import { publishEvent } from '../webhooks/publish.ts';
import { Payment } from './entities.ts';
import { amountDue, findPaymentByReference } from './repository.ts';
import type { NewPayment } from './schemas.ts';

export async function recordPayment(
  em: EntityManager,
  { actor, order, input }: { actor: User; order: Order; input: NewPayment },
): Promise<Payment> {
  return transaction(em, async () => {
    const { shop } = order;
    ensureStatus(order, 'placed');
    if ((await findPaymentByReference(em, { order, reference: input.reference })) !== null) {
      throw new Conflict('payment_known', 'A payment with this reference is recorded already.', {
        field: 'reference',
      });
    }
    const { due } = await amountDue(em, { order });
    if (input.amount > due) {
      throw new ValidationFailed('amount_exceeds_due', 'The payment is more than what is due.', {
        field: 'amount',
        details: { due },
      });
    }
    const payment = em.create(Payment, { order, ...input });
    await em.flush();
    recordEvent(em, {
      shop,
      actor,
      action: 'payment.recorded',
      subject: order.publicId,
      data: { payment: payment.publicId, amount: input.amount },
    });
    if (input.amount === due) {
      moveOrder(order, 'paid');
      await publishEvent(em, { shop, topic: 'order.paid', body: { order: presentOrder(order) } });
    }
    await afterCommit(em, paymentReceipt, { paymentId: payment.publicId });
    return payment;
  });
}
