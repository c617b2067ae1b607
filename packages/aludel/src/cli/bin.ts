#!/usr/bin/env node
// The `aludel` command: the one place that reads process.argv and sets the exit code.

import { version } from '../version.ts'

const given = process.argv.slice(2)
if (given.length === 1 && (given[0] === '--version' || given[0] === '-V')) process.stdout.write(`aludel ${version}\n`)
else {
  const { runCli } = await import('./index.ts')
  process.exitCode = await runCli(given, { name: 'aludel' })
}
