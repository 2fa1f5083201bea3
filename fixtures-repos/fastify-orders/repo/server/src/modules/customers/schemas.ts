import { z } from 'zod';
import { email, text } from '../../core/input.ts';
import { pageQuery } from '../../core/pagination.ts';

const note = z.string().max(2000);

export const ListCustomers = z.strictObject({ ...pageQuery, q: z.string().max(80).optional() });

export const NewCustomer = z.strictObject({
  email,
  name: text(120),
  phone: text(40).nullish(),
  note: note.default(''),
});
export type NewCustomer = z.output<typeof NewCustomer>;

export const CustomerChanges = z.strictObject({
  email: email.optional(),
  name: text(120).optional(),
  phone: text(40).nullable().optional(),
  note: note.optional(),
});
export type CustomerChanges = z.output<typeof CustomerChanges>;
