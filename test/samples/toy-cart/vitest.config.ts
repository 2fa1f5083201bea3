export default {
  cacheDir: '.vite',
  test: {
    include: ['server/test/**/*.test.ts'],
    globalSetup: ['server/test/support/global-setup.ts'],
    setupFiles: ['server/test/support/each-file.ts'],
  },
}
