import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Without this the suites of the fixtures would be collected too.
    include: ['test/**/*.test.ts'],
    // The samples are repositories with tests of their own.
    exclude: ['test/samples/**'],
    // Many tests start the command several times: one that starts it ten times took 60 s beside another load.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
})
