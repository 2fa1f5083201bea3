import type { EntityManager } from '@mikro-orm/sql';
import { Conflict } from '../../core/errors.ts';
import { emailKey, textKey } from '../../core/text.ts';
import { transaction } from '../../db/transaction.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Shop } from '../shops/entities.ts';
import { Customer } from './entities.ts';
import { findCustomerByEmail } from './repository.ts';
import type { CustomerChanges, NewCustomer } from './schemas.ts';

async function ensureFreeEmail(
  em: EntityManager,
  { shop, email, except }: { shop: Shop; email: string; except: Customer | null },
): Promise<void> {
  const other = await findCustomerByEmail(em, { shop, email });
  if (other !== null && other !== except) {
    throw new Conflict('email_taken', 'Another customer has this e-mail address.', {
      field: 'email',
      details: { customer_id: other.publicId },
    });
  }
}

export async function createCustomer(
  em: EntityManager,
  { actor, shop, input }: { actor: User; shop: Shop; input: NewCustomer },
): Promise<Customer> {
  return transaction(em, async () => {
    await ensureFreeEmail(em, { shop, email: input.email, except: null });
    const customer = em.create(Customer, {
      shop,
      email: input.email,
      emailKey: emailKey(input.email),
      name: input.name,
      nameKey: textKey(input.name),
      phone: input.phone ?? null,
      note: input.note,
    });
    await em.flush();
    recordEvent(em, { shop, actor, action: 'customer.created', subject: customer.publicId });
    return customer;
  });
}

export async function updateCustomer(
  em: EntityManager,
  { actor, customer, input }: { actor: User; customer: Customer; input: CustomerChanges },
): Promise<Customer> {
  return transaction(em, async () => {
    const { shop } = customer;
    if (input.email !== undefined) {
      await ensureFreeEmail(em, { shop, email: input.email, except: customer });
      customer.email = input.email;
      customer.emailKey = emailKey(input.email);
    }
    if (input.name !== undefined) {
      customer.name = input.name;
      customer.nameKey = textKey(input.name);
    }
    if (input.phone !== undefined) {
      customer.phone = input.phone;
    }
    if (input.note !== undefined) {
      customer.note = input.note;
    }
    recordEvent(em, {
      shop,
      actor,
      action: 'customer.updated',
      subject: customer.publicId,
      data: { fields: Object.keys(input) },
    });
    return customer;
  });
}
