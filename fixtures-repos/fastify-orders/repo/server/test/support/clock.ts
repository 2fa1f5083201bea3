import { onTestFinished } from 'vitest';
import { replaceClock } from '../../src/core/clock.ts';

export interface FrozenClock {
  advance(step: { seconds?: number; minutes?: number; days?: number }): void;
}

export function freezeClock(moment: string): FrozenClock {
  let current = new Date(moment).getTime();
  replaceClock(() => new Date(current));
  onTestFinished(() => replaceClock(null));
  return {
    advance({ seconds = 0, minutes = 0, days = 0 }) {
      current += (seconds + 60 * minutes + 24 * 3600 * days) * 1000;
    },
  };
}
