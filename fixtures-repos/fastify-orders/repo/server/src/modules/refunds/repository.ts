import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import type { Order, OrderLine } from '../orders/entities.ts';
import { Refund, RefundLine } from './entities.ts';

export async function listRefunds(em: EntityManager, { order }: { order: Order }) {
  return em.find(Refund, { order }, { populate: ['lines.line'], orderBy: { id: 'desc' } });
}

export async function getRefund(
  em: EntityManager,
  { order, refundId }: { order: Order; refundId: string },
) {
  const refund = await em.findOne(
    Refund,
    { order, publicId: refundId },
    { populate: ['lines.line'] },
  );
  if (refund === null) {
    throw new NotFound('refund_not_found', 'There is no such refund.');
  }
  return refund;
}

export async function findRefundByKey(
  em: EntityManager,
  { order, key }: { order: Order; key: string },
) {
  return em.findOne(Refund, { order, idempotencyKey: key }, { populate: ['lines.line'] });
}

export async function refundedUnits(
  em: EntityManager,
  { line }: { line: OrderLine },
): Promise<number> {
  const rows = await em.find(RefundLine, { line, refund: { status: { $ne: 'failed' } } });
  return rows.reduce((sum, { quantity }) => sum + quantity, 0);
}
