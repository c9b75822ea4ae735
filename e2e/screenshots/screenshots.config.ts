import { defineConfig } from '@playwright/test'
import tests from '../playwright.config.ts'

/** The pictures in the documentation: `npm run screenshots` takes them anew. */
export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: '**/*.shots.ts',
  outputDir: '../../test-results',
  globalSetup: '../support/global-setup.ts',
  timeout: 240_000,
  reporter: 'list',
})
