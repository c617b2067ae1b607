// The demonstration: every step is what it says, and nothing is left behind.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { onEveryEngine } from '../../../packages/aludel/tests/engines/index.ts'

const home = fileURLToPath(new URL('..', import.meta.url))

function demonstrate(environment: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'aludel-demo-test-'))
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  const options = ['--import', '../../scripts/typescript.mjs', 'demo/run.ts']
  const env = { ...process.env, ...environment, TMPDIR: temporary }
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { cwd: home, encoding: 'utf8', env })
  const left = readdirSync(temporary)
  rmSync(folder, { recursive: true })
  return { status, stdout, stderr, left }
}

onEveryEngine((engine) => {
  test('the demonstration is what it says', async () => {
    const place = await engine.freshDatabase()
    const { status, stdout, stderr, left } = demonstrate({ DATABASE_URL: place.url })
    expect([status, stderr, left], stdout).toEqual([0, '', []])
    expect(stdout).toContain('Every step was what it says.')
    await place.drop()
  })
})

test('a demonstration that cannot begin says why, and leaves nothing', () => {
  const { status, stdout, left } = demonstrate({ DATABASE_URL: 'postgresql://panel:hidden@127.0.0.1:1/panel' })
  expect([status, left]).toEqual([1, []])
  expect(stdout).toContain('cannot be reached')
  expect(stdout).not.toContain('hidden')
})
