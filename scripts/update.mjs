// Rewrites what the tests compare with from what the code does now, and shows what that changed.
//
//   node scripts/update.mjs golden    the goldens
//   node scripts/update.mjs docs      the output blocks of README and docs
import { spawnSync } from 'node:child_process'

const subjects = {
  golden: { tests: ['tests/golden'], written: ['*/tests/golden'] },
  docs: { tests: ['--project', 'docs'], written: ['*.md'] },
}

const [name, ...rest] = process.argv.slice(2)
const subject = subjects[name]
if (subject === undefined) throw new Error(`Say which: ${Object.keys(subjects).join(' or ')}.`)

function run(command, ...options) {
  return spawnSync(command, options, { stdio: 'inherit', env: { ...process.env, ALUDEL_UPDATE: '1' } }).status ?? 1
}

process.exitCode = run('npx', 'vitest', 'run', ...subject.tests, ...rest, '--update')
run('git', '--no-pager', 'diff', '--', ...subject.written)
run('git', 'status', '--short', '--', ...subject.written)
