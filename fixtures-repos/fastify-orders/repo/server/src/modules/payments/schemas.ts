import { z } from 'zod';
import { text } from '../../core/input.ts';
import { paymentMethods } from './entities.ts';

export const NewPayment = z.strictObject({
  amount: z.int().min(1).max(100_000_000),
  method: z.enum(paymentMethods),
  reference: text(80),
});
export type NewPayment = z.output<typeof NewPayment>;
