import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'rules/**/*.test.ts',
      'server/**/*.test.ts',
      'web/**/*.test.ts',
      'web/**/*.test.tsx',
      'bench/**/*.test.ts',
    ],
    globalSetup: ['server/test/postgres-for-tests.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
