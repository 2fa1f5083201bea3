import { z } from 'zod';
import { day } from '../../core/input.ts';
import { pageQuery } from '../../core/pagination.ts';
import { exportKinds } from './entities.ts';

export const ListExports = z.strictObject({ ...pageQuery });

export const NewExport = z
  .strictObject({ kind: z.enum(exportKinds), from: day.optional(), to: day.optional() })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    error: 'The last day lies before the first.',
  });
export type NewExport = z.output<typeof NewExport>;
