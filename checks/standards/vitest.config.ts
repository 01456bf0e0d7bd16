import { defineConfig } from 'vitest/config'

// Checks against published standards lying beside the project in ../shared/standards.
export default defineConfig({
  test: { include: ['checks/standards/**/*.test.ts'], testTimeout: 120_000 },
})
