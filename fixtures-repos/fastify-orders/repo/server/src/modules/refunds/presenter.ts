import type { RefundBody } from '../../../../contracts/payments.ts';
import { money } from '../../core/money.ts';
import { optionalTimestamp, timestamp } from '../../core/timestamps.ts';
import type { Refund } from './entities.ts';

export function presentRefund(refund: Refund): RefundBody {
  const { currency } = refund.order;
  return {
    id: refund.publicId,
    status: refund.status,
    amount: money(refund.amount, currency),
    reason: refund.reason,
    failure: refund.failure ?? null,
    restocked: refund.restocked,
    lines: refund.lines.getItems().map(({ line, quantity, amount }) => ({
      line: line.position,
      quantity,
      amount: money(amount, currency),
    })),
    created_at: timestamp(refund.createdAt),
    settled_at: optionalTimestamp(refund.settledAt),
  };
}
