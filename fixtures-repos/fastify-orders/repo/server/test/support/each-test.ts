import { beforeEach } from 'vitest';
import { replaceClock } from '../../src/core/clock.ts';
import { resetBackend } from './backend.ts';
import { resetPorts } from './fake-ports.ts';

beforeEach(async () => {
  replaceClock(null);
  resetPorts();
  await resetBackend();
});
