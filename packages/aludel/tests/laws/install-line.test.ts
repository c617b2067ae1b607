// What is told to people whose project lacks a driver.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installLine } from '../../src/dialects/install-line.ts'

test.each([
  ['package-lock.json', 'npm install pg'],
  ['pnpm-lock.yaml', 'pnpm add pg'],
  ['yarn.lock', 'yarn add pg'],
  ['bun.lock', 'bun add pg'],
])('beside or above a %s it is %s', (lockFile, line) => {
  const folder = mkdtempSync(join(tmpdir(), 'aludel-'))
  const inner = join(folder, 'packages', 'app')
  mkdirSync(inner, { recursive: true })
  writeFileSync(join(folder, lockFile), '')
  const lines = [installLine('pg', folder), installLine('pg', inner)]
  rmSync(folder, { recursive: true })
  expect(lines).toEqual([line, line])
})
