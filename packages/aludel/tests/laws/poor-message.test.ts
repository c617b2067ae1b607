// Which messages say nothing of a revision.

import { expect, test } from 'vitest'
import { saysNothing } from '../../src/revisions/poor-message.ts'

test.each([
  'migration_1',
  'migration1',
  'Migration 12',
  'update',
  'Fix',
  'wip',
  'changes',
  'auto',
  'auto migration',
  'autogenerate',
  'schema update',
  'empty message',
  'test2',
  'v2',
  '2026-11-23',
  '20261123T1530',
  '42',
  'DB changes',
])('"%s" says nothing', (message) => {
  expect(saysNothing(message)).toBe(true)
})

test.each([
  '',
  'Add status to user',
  'add_user_status',
  'Merge forum',
  'merge b1 and c1',
  'Initial migration',
  'First',
  'fix user email index',
  'Update rows of server',
  'Make a1',
  'a1',
  'Benutzer',
])('"%s" says something, or is none', (message) => {
  expect(saysNothing(message)).toBe(false)
})
