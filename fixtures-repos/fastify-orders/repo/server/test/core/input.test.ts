import { expect, test } from 'vitest';
import { z } from 'zod';
import { ValidationFailed } from '../../src/core/errors.ts';
import { parsed, text } from '../../src/core/input.ts';

const Sample = z.strictObject({ name: text(10), lines: z.array(z.strictObject({ n: z.int() })) });

function failure(value: unknown): ValidationFailed {
  try {
    parsed(Sample, value);
  } catch (error) {
    if (error instanceof ValidationFailed) {
      return error;
    }
  }
  throw new Error('The input was accepted.');
}

test('text is cleaned before it is measured', () => {
  expect(parsed(Sample, { name: '  a   b  ', lines: [] }).name).toBe('a b');
  expect(failure({ name: '   ', lines: [] }).field).toBe('name');
});

test('the field of an error is the path of the first issue', () => {
  const error = failure({ name: 'a', lines: [{ n: 1 }, { n: 'x' }] });

  expect([error.status, error.code, error.field]).toEqual([422, 'invalid_input', 'lines.1.n']);
});

test('an unknown key is refused by its name', () => {
  expect(failure({ name: 'a', lines: [], colour: 'red' }).field).toBe('colour');
});

test('all issues are listed in the details', () => {
  const { details } = failure({});

  expect(details.issues).toHaveLength(2);
});
