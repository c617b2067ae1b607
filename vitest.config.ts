// One run, five kinds of tests; `--project pure` is the one to keep open while writing.

import { defineConfig } from 'vitest/config'

const engines = './packages/aludel/tests/engines/setup.ts'
const seed = './packages/aludel/tests/seed.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    // The engines want a core too.
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'pure',
          setupFiles: seed,
          include: ['packages/aludel/tests/{laws,golden}/**/*.test.ts'],
          exclude: ['**/*.live.test.ts'],
          // Random cases by the hundred take their time on a machine that is busy with servers as well.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'live',
          setupFiles: seed,
          include: ['packages/aludel/tests/live/**/*.test.ts', 'packages/aludel/tests/**/*.live.test.ts'],
          globalSetup: engines,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cli',
          setupFiles: seed,
          include: ['packages/aludel/tests/cli/**/*.test.ts'],
          exclude: ['**/*.live.test.ts'],
          globalSetup: engines,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'docs',
          setupFiles: seed,
          include: ['packages/aludel/tests/docs/**/*.test.ts'],
          exclude: ['**/*.live.test.ts'],
          globalSetup: engines,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'panel',
          setupFiles: seed,
          include: ['examples/panel/tests/**/*.test.ts'],
          globalSetup: engines,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
