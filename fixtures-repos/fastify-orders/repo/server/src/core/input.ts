import { z } from 'zod';
import { ValidationFailed } from './errors.ts';
import { cleanText } from './text.ts';

export const text = (maximum: number) =>
  z.string().transform(cleanText).pipe(z.string().min(1).max(maximum));

export const email = z.string().trim().max(254).pipe(z.email());

export const cents = z.int().min(0).max(100_000_000);

export const quantity = z.int().min(1).max(10_000);

export const day = z.iso.date();

export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) {
    return result.data;
  }
  const issues = result.error.issues.map((issue) => ({
    field: fieldOf(issue),
    message: issue.message,
  }));
  const [first] = issues;
  throw new ValidationFailed('invalid_input', first?.message ?? 'The input is invalid.', {
    ...(first?.field ? { field: first.field } : {}),
    details: { issues },
  });
}

function fieldOf(issue: z.core.$ZodIssue): string {
  const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return [...issue.path, ...(unknown ? [unknown] : [])].join('.');
}
