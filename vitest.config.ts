import { availableParallelism } from 'node:os'
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
    // Left alone, vitest keeps one core for itself, which of two is half; most tests wait for PostgreSQL.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
