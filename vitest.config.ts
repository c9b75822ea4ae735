import { defineConfig } from 'vitest/config'

/** Unit tests are pure or use loopback sockets; integration tests start real processes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.integration.test.ts'],
          testTimeout: 15_000,
          // Some start a whole API server, on machines that are busy with more than that.
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages}/*/src/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Guests and servers share two cores: one file at a time.
          fileParallelism: false,
        },
      },
    ],
  },
})
