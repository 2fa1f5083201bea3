type Clock = () => Date;

const systemClock: Clock = () => new Date();

let current: Clock = systemClock;

export function now(): Date {
  const moment = current();
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

export function replaceClock(clock: Clock | null): void {
  current = clock ?? systemClock;
}
