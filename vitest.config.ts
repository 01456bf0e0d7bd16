import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './server/test/slowest-first.ts'

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
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
