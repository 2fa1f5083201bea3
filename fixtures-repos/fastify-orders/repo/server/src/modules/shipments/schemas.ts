import { z } from 'zod';
import { quantity, text } from '../../core/input.ts';

export const NewShipment = z.strictObject({
  carrier: text(40),
  tracking_number: text(80).nullish(),
  lines: z
    .array(z.strictObject({ line: z.int().min(1), quantity }))
    .min(1)
    .max(100),
});
export type NewShipment = z.output<typeof NewShipment>;
