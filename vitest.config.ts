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
    // One core is left idle otherwise, and with two that is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
