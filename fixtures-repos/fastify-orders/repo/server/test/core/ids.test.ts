import { expect, test } from 'vitest';
import { isId, newId } from '../../src/core/ids.ts';

test('an id has the prefix of its kind and fourteen characters', () => {
  expect(newId('order')).toMatch(/^ord_[2-9a-hjkmnp-z]{14}$/);
});

test('ids differ', () => {
  const ids = Array.from({ length: 500 }, () => newId('product'));

  expect(new Set(ids).size).toBe(500);
});

test.each([
  ['ord_23456789abcdef', true],
  ['prd_23456789abcdef', false],
  ['ord_23456789abcde', false],
  ['ord_23456789abcdeO', false],
  ['ord_0000000000000a', false],
  ['', false],
])('%s as an order id: %s', (value, expected) => {
  expect(isId('order', value)).toBe(expected);
});
