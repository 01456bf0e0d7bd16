import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './server/test/slowest-first.ts'

/** The whole program, a browser beside it: each asks for more than one core, and its limits are of time. */
const programs = ['web/test/console.browser.test.ts', 'server/test/start/*.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['server/test/postgres-for-tests.ts'],
    sequence: { sequencer: SlowestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: [
            'rules/**/*.test.ts',
            'server/**/*.test.ts',
            'web/**/*.test.ts',
            'web/**/*.test.tsx',
            'bench/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...programs],
          maxWorkers: '100%',
          // A process for each file would load the same modules anew: 160 s of processor for 150 files.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // Two at a time: the browser waits for its pages, the programs for their databases.
        test: { name: 'whole', include: programs, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
