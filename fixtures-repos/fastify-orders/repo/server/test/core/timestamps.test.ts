import { expect, test } from 'vitest';
import { dayAfter, optionalTimestamp, startOfDay, timestamp } from '../../src/core/timestamps.ts';

test('timestamps are UTC and without fractions', () => {
  expect(timestamp(new Date('2026-03-09T09:30:15.250+01:00'))).toBe('2026-03-09T08:30:15Z');
  expect(optionalTimestamp(null)).toBeNull();
});

test('a day starts at midnight UTC and ends where the next one starts', () => {
  expect(startOfDay('2026-02-28').toISOString()).toBe('2026-02-28T00:00:00.000Z');
  expect(dayAfter('2026-02-28').toISOString()).toBe('2026-03-01T00:00:00.000Z');
});
