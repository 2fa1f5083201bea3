import { defineConfig } from 'vitest/config';

if (process.env.ORDERS_ENV !== 'test') {
  throw new Error('Run the tests with ./orders test: ORDERS_ENV is not set to test.');
}

export default defineConfig({
  cacheDir: 'server/node_modules/.vite',
  test: {
    include: ['server/test/**/*.test.ts'],
    globalSetup: ['server/test/support/global-setup.ts'],
    setupFiles: ['server/test/support/each-test.ts'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 15_000,
  },
});
