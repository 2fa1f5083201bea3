import { expect, test } from 'vitest';
import { allocate, formatMoney, money, roundHalfEven, taxOf } from '../../src/core/money.ts';

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [2.51, 3],
  [2.49, 2],
  [-0.5, 0],
  [-1.5, -2],
])('%d is rounded half to even: %d', (value, expected) => {
  expect(roundHalfEven(value) + 0).toBe(expected);
});

test('tax is rounded half to even', () => {
  expect(taxOf(1050, 1000)).toBe(105);
  expect(taxOf(25, 1000)).toBe(2);
  expect(taxOf(35, 1000)).toBe(4);
});

test('an allocation adds up and gives the rest to the largest remainders', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(10, [3, 3, 1])).toEqual([4, 4, 2]);
  expect(allocate(5, [1999, 1])).toEqual([5, 0]);
});

test('an allocation over nothing is nothing', () => {
  expect(allocate(100, [0, 0])).toEqual([0, 0]);
  expect(allocate(100, [])).toEqual([]);
});

test('amounts are written with the decimals of their currency', () => {
  expect(formatMoney(money(1299, 'EUR'))).toBe('12.99 EUR');
  expect(formatMoney(money(5, 'EUR'))).toBe('0.05 EUR');
  expect(formatMoney(money(-1299, 'EUR'))).toBe('-12.99 EUR');
  expect(formatMoney(money(1299, 'JPY'))).toBe('1299 JPY');
});
