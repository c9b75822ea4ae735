import { join } from 'node:path'
import { ROOT } from './dependencies.mjs'

const bin = (path) => join(ROOT, 'node_modules', path)

const TYPED = [
  ...['kubernetes', 'kubevirt', 'bff-contract', 'test-kit'].map((name) => `packages/${name}`),
  ...['local-cluster', 'node-agent', 'bff', 'console'].map((name) => `apps/${name}`),
  'e2e',
  'bench',
]

const vitest = (project) => (report) => [
  bin('vitest/vitest.mjs'),
  'run',
  '--project',
  project,
  '--reporter=verbose',
  '--reporter=json',
  `--outputFile.json=${report}`,
]

const vitestCounts = ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
  passed: numPassedTests,
  failed: numFailedTests,
  skipped: numPendingTests + numTodoTests,
})

const playwrightCounts = ({ stats }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky,
  skipped: stats.skipped,
})

/** Every check of `npm test`, in order: what fails fast comes first. */
export const CHECKS = [
  { name: 'format', title: 'Format', args: () => [bin('oxfmt/bin/oxfmt'), '--check', '.'] },
  {
    name: 'lint',
    title: 'Lint',
    args: () => [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '.'],
  },
  ...TYPED.map((path) => ({
    name: 'types',
    title: `Types of ${path}`,
    args: () => [bin('typescript/bin/tsc'), '-p', path],
  })),
  { name: 'unused', title: 'Unused code', args: () => [bin('knip/bin/knip.js')] },
  { name: 'unit', title: 'Unit tests', args: vitest('unit'), count: vitestCounts },
  {
    name: 'integration',
    title: 'Integration tests',
    args: vitest('integration'),
    count: vitestCounts,
  },
  {
    name: 'e2e',
    title: 'End-to-end tests',
    args: () => [
      join(ROOT, 'e2e/node_modules/@playwright/test/cli.js'),
      'test',
      '-c',
      join(ROOT, 'e2e/playwright.config.ts'),
    ],
    count: playwrightCounts,
  },
]
