import type { EntityManager } from '@mikro-orm/sql';
import type { Order } from '../orders/entities.ts';
import { Refund } from '../refunds/entities.ts';
import { Payment } from './entities.ts';

export interface AmountDue {
  readonly received: number;
  readonly refunded: number;
  readonly due: number;
}

export async function listPayments(em: EntityManager, { order }: { order: Order }) {
  return em.find(Payment, { order }, { orderBy: { id: 'asc' } });
}

export async function findPaymentByReference(
  em: EntityManager,
  { order, reference }: { order: Order; reference: string },
): Promise<Payment | null> {
  return em.findOne(Payment, { order, reference });
}

export async function amountDue(
  em: EntityManager,
  { order }: { order: Order },
): Promise<AmountDue> {
  const payments = await em.find(Payment, { order });
  const refunds = await em.find(Refund, { order, status: { $ne: 'failed' } });
  const received = payments.reduce((sum, { amount }) => sum + amount, 0);
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0);
  return { received, refunded, due: order.total - received };
}
