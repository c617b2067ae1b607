// Rewrites the goldens from what the code does now, and shows what that changed.
import { spawnSync } from 'node:child_process'

const run = (command, ...options) => spawnSync(command, options, { stdio: 'inherit' }).status ?? 1

const status = run('npx', 'vitest', 'run', '--update', 'tests/golden', ...process.argv.slice(2))
run('git', '--no-pager', 'diff', '--', '*/tests/golden')
run('git', 'status', '--short', '--', '*/tests/golden')
process.exitCode = status
