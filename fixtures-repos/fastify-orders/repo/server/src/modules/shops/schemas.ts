import { z } from 'zod';
import { email, text } from '../../core/input.ts';
import { roles } from './roles.ts';

const taxRate = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2})?$/u, 'A percentage with up to two decimals is expected.')
  .transform((value) => Math.round(Number(value) * 100));

export const NewShop = z.strictObject({
  name: text(80),
  currency: z.string().regex(/^[A-Z]{3}$/u, 'A currency code such as EUR is expected.'),
  tax_rate: taxRate.default(0),
  alert_email: email.nullish(),
});
export type NewShop = z.output<typeof NewShop>;

export const ShopChanges = z.strictObject({
  name: text(80).optional(),
  tax_rate: taxRate.optional(),
  alert_email: email.nullable().optional(),
});
export type ShopChanges = z.output<typeof ShopChanges>;

export const NewStaff = z.strictObject({ email, role: z.enum(roles) });

export const RoleChange = z.strictObject({ role: z.enum(roles) });
