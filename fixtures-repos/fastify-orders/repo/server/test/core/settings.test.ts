import { expect, test } from 'vitest';
import { readSettings } from '../../src/settings.ts';

test('the environment has to be named', () => {
  expect(() => readSettings({})).toThrow('ORDERS_ENV is not set');
  expect(() => readSettings({ ORDERS_ENV: 'prod' })).toThrow('ORDERS_ENV is prod');
});

test('a redis socket goes before a redis address', () => {
  const env = { ORDERS_ENV: 'local', ORDERS_REDIS_URL: 'redis://cache:6379/2' };

  expect(readSettings(env).redis).toEqual({ url: 'redis://cache:6379/2' });
  expect(readSettings({ ...env, ORDERS_REDIS_SOCKET: '/run/r.sock' }).redis).toEqual({
    path: '/run/r.sock',
    db: 0,
  });
});
