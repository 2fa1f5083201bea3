import { z } from 'zod';
import { quantity, text } from '../../core/input.ts';

export const NewRefund = z.strictObject({
  lines: z
    .array(z.strictObject({ line: z.int().min(1), quantity }))
    .min(1)
    .max(100)
    .refine(
      (lines) => new Set(lines.map(({ line }) => line)).size === lines.length,
      'Each line may appear once.',
    ),
  reason: text(200),
  restock: z.boolean().default(false),
});
export type NewRefund = z.output<typeof NewRefund>;

export const KeyHeader = z.strictObject({
  key: z
    .string()
    .regex(/^[\w-]{8,80}$/u, 'Eight to eighty letters, digits, hyphens or underscores.')
    .optional(),
});
