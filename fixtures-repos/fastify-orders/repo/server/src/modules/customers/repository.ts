import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import { emailKey, textKey } from '../../core/text.ts';
import { Order } from '../orders/entities.ts';
import type { Shop } from '../shops/entities.ts';
import { Customer } from './entities.ts';

export async function getCustomer(
  em: EntityManager,
  { shop, customerId }: { shop: Shop; customerId: string },
): Promise<Customer> {
  const customer = await em.findOne(Customer, { shop, publicId: customerId });
  if (customer === null) {
    throw new NotFound('customer_not_found', 'There is no such customer.');
  }
  return customer;
}

export async function findCustomerByEmail(
  em: EntityManager,
  { shop, email }: { shop: Shop; email: string },
): Promise<Customer | null> {
  return em.findOne(Customer, { shop, emailKey: emailKey(email) });
}

export function customerFilter({
  shop,
  q,
}: {
  shop: Shop;
  q?: string | undefined;
}): FilterQuery<Customer> {
  const key = q === undefined ? '' : textKey(q);
  return {
    $and: [
      { shop },
      key ? { $or: [{ nameKey: { $like: `%${key}%` } }, { emailKey: { $like: `${key}%` } }] } : {},
    ],
  };
}

export async function orderSummary(
  em: EntityManager,
  { customer }: { customer: Customer },
): Promise<{ count: number; last: Date | null }> {
  const placed = { customer, placedAt: { $ne: null } };
  const count = await em.count(Order, placed);
  const last = await em.findOne(Order, placed, { orderBy: { placedAt: 'desc' } });
  return { count, last: last?.placedAt ?? null };
}
