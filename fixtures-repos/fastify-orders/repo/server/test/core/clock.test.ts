import { expect, test } from 'vitest';
import { now, replaceClock } from '../../src/core/clock.ts';
import { freezeClock } from '../support/clock.ts';

test('now is cut to whole seconds', () => {
  freezeClock('2026-03-09T08:30:15.987Z');

  expect(now().toISOString()).toBe('2026-03-09T08:30:15.000Z');
});

test('a frozen clock moves only when it is told to', () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  clock.advance({ minutes: 2, seconds: 5 });

  expect(now().toISOString()).toBe('2026-03-09T08:32:20.000Z');
});

test('without a replacement the time is the time', () => {
  replaceClock(null);

  expect(Math.abs(Date.now() - now().getTime())).toBeLessThan(1500);
});
