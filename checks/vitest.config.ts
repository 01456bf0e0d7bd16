import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The checks that read the tree and the documents; they need no database. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: { include: ['checks/*.test.ts'], testTimeout: 60_000 },
})
