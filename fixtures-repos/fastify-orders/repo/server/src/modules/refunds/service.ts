import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/sql';
import { Conflict, ValidationFailed } from '../../core/errors.ts';
import { transaction } from '../../db/transaction.ts';
import { afterCommit } from '../../jobs/after-commit.ts';
import { settleRefund } from '../../jobs/definitions.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import { returnStock } from '../catalog/stock.ts';
import type { Order, OrderLine } from '../orders/entities.ts';
import { ensureStatus } from '../orders/state.ts';
import { amountDue } from '../payments/repository.ts';
import { publishEvent } from '../webhooks/publish.ts';
import { Refund, RefundLine } from './entities.ts';
import { presentRefund } from './presenter.ts';
import { findRefundByKey, refundedUnits } from './repository.ts';
import type { NewRefund } from './schemas.ts';
import { shareOfUnits } from './shares.ts';

export interface RefundOutcome {
  readonly refund: Refund;
  readonly repeated: boolean;
}

interface RefundedUnits {
  readonly line: OrderLine;
  readonly quantity: number;
  readonly amount: number;
}

function digestOf(input: NewRefund): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex');
}

async function unitsToRefund(
  em: EntityManager,
  order: Order,
  input: NewRefund,
): Promise<RefundedUnits[]> {
  const units: RefundedUnits[] = [];
  for (const [index, wanted] of input.lines.entries()) {
    const line = order.lines.getItems().find(({ position }) => position === wanted.line);
    if (line === undefined) {
      throw new ValidationFailed('unknown_line', `The order has no line ${wanted.line}.`, {
        field: `lines.${index}.line`,
      });
    }
    const already = await refundedUnits(em, { line });
    if (already + wanted.quantity > line.quantity) {
      throw new ValidationFailed('quantity_not_refundable', 'So many units cannot be refunded.', {
        field: `lines.${index}.quantity`,
        details: { line: wanted.line, refundable: line.quantity - already },
      });
    }
    const amount = shareOfUnits(line, already, wanted.quantity);
    units.push({ line, quantity: wanted.quantity, amount });
  }
  return units;
}

async function repeatedRefund(
  em: EntityManager,
  order: Order,
  key: string,
  input: NewRefund,
): Promise<Refund | null> {
  const known = await findRefundByKey(em, { order, key });
  if (known !== null && known.requestDigest !== digestOf(input)) {
    throw new Conflict('idempotency_key_reused', 'This key was used for another refund.');
  }
  return known;
}

export async function createRefund(
  em: EntityManager,
  {
    actor,
    order,
    input,
    key,
  }: { actor: User; order: Order; input: NewRefund; key: string | undefined },
): Promise<RefundOutcome> {
  return transaction(em, async () => {
    const known = key === undefined ? null : await repeatedRefund(em, order, key, input);
    if (known !== null) {
      return { refund: known, repeated: true };
    }
    ensureStatus(order, 'paid', 'packing', 'shipped', 'delivered');
    const { shop } = order;
    const units = await unitsToRefund(em, order, input);
    const amount = units.reduce((sum, unit) => sum + unit.amount, 0);
    const { received, refunded } = await amountDue(em, { order });
    if (amount > received - refunded) {
      throw new ValidationFailed('refund_exceeds_payments', 'More than what was paid is left.', {
        details: { refundable: received - refunded },
      });
    }
    const refund = em.create(Refund, {
      order,
      amount,
      reason: input.reason,
      restocked: input.restock,
      idempotencyKey: key ?? null,
      requestDigest: digestOf(input),
      createdBy: actor,
    });
    for (const unit of units) {
      refund.lines.add(em.create(RefundLine, { refund, ...unit }));
    }
    await em.flush();
    if (input.restock) {
      for (const { line, quantity } of units) {
        const reference = refund.publicId;
        const change = { product: line.product, quantity, reference, actor };
        await returnStock(em, { ...change, reason: 'returned' });
      }
    }
    recordEvent(em, {
      shop,
      actor,
      action: 'refund.created',
      subject: order.publicId,
      data: { refund: refund.publicId, amount },
    });
    await publishEvent(em, {
      shop,
      topic: 'refund.created',
      body: { refund: presentRefund(refund) },
    });
    const job = { refundId: refund.publicId };
    await afterCommit(em, settleRefund, job, { jobId: `refund.${refund.publicId}` });
    return { refund, repeated: false };
  });
}
