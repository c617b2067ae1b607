// One run, five kinds of tests; `--project pure` is the one to keep open while writing.

import { defineConfig } from 'vitest/config'

const engines = './packages/aludel/tests/engines/setup.ts'
/** Files that share a process share their modules: a sixth less to do, and nothing of Aludel may be global. */
const shared = { isolate: false, setupFiles: './packages/aludel/tests/seed.ts' }

export default defineConfig({
  test: {
    pool: 'forks',
    // Three for two cores: much of the time is spent waiting for locks, sleeps and other processes.
    maxWorkers: 3,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'pure',
          ...shared,
          include: ['packages/aludel/tests/{laws,golden}/**/*.test.ts'],
          exclude: ['**/*.live.test.ts'],
          // Random cases by the hundred take their time on a machine that is busy with servers as well.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'live',
          ...shared,
          include: ['packages/aludel/tests/live/**/*.test.ts', 'packages/aludel/tests/**/*.live.test.ts'],
          globalSetup: engines,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'cli',
          ...shared,
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
          ...shared,
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
          ...shared,
          include: ['examples/panel/tests/**/*.test.ts'],
          globalSetup: engines,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
