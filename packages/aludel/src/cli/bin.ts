#!/usr/bin/env node
// The `aludel` command: the one place that reads process.argv and sets the exit code.

import { readFileSync } from 'node:fs'

const given = process.argv.slice(2)
if (given.length === 1 && (given[0] === '--version' || given[0] === '-V')) {
  // Asked by scripts more often than anything else: read from beside the bundle, so that no other file is opened.
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  process.stdout.write(`aludel ${JSON.parse(manifest).version}\n`)
} else {
  const { runCli } = await import('./index.ts')
  process.exitCode = await runCli(given, {
    name: 'aludel',
    // A command lives for a second, and V8's optimizing compiler would take a fifth of it for code that is then hardly run
    // again. With six times its usual patience it still gets to what really is hot: docs/adr/start-up.md.
    longWork: () => process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=400000'),
  })
}
