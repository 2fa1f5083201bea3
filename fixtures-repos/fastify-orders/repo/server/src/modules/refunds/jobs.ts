import { now } from '../../core/clock.ts';
import { transaction } from '../../db/transaction.ts';
import { afterCommit } from '../../jobs/after-commit.ts';
import { refundNotice, settleRefund } from '../../jobs/definitions.ts';
import { handle } from '../../jobs/handlers.ts';
import { recordEvent } from '../audit/record-event.ts';
import { listPayments } from '../payments/repository.ts';
import { Refund } from './entities.ts';

export const refundHandlers = [
  handle(settleRefund, async ({ refundId }, { em, ports, log }) => {
    const refund = await em.findOne(Refund, { publicId: refundId }, { populate: ['order.shop'] });
    if (refund === null || refund.status !== 'pending') {
      log.info({ refundId }, 'refund is settled already');
      return;
    }
    const { order } = refund;
    const [payment] = await listPayments(em, { order });
    const answer = await ports.provider.refund({
      reference: payment?.reference ?? order.publicId,
      amount: refund.amount,
      currency: order.currency,
      idempotencyKey: refund.publicId,
    });
    await transaction(em, async () => {
      refund.status = answer.kind === 'accepted' ? 'succeeded' : 'failed';
      refund.failure = answer.kind === 'rejected' ? answer.reason : null;
      refund.settledAt = now();
      recordEvent(em, {
        shop: order.shop,
        actor: null,
        action: 'refund.settled',
        subject: order.publicId,
        data: { refund: refund.publicId, status: refund.status },
      });
      if (answer.kind === 'accepted') {
        await afterCommit(em, refundNotice, { refundId: refund.publicId });
      }
    });
  }),
];
