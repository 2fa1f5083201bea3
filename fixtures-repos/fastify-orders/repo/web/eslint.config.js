export default [
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: { eqeqeq: 'error', 'no-console': 'error', 'prefer-const': 'error' },
  },
];
