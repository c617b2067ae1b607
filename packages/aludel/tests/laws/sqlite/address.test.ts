// Which file an address of SQLite names.

import { expect, test } from 'vitest'
import { fileOf } from '../../../src/dialects/sqlite/connect.ts'
import { isAludelError } from '../../../src/errors.ts'

test.each([
  ['sqlite:panel.db', '/app/panel.db'],
  ['sqlite:./data/panel.db', '/app/data/panel.db'],
  ['sqlite:../panel.db', '/panel.db'],
  ['sqlite:/abs/panel.db', '/abs/panel.db'],
  ['sqlite:///abs/panel.db', '/abs/panel.db'],
  ['sqlite://panel.db', '/app/panel.db'],
  ['sqlite:with%20space.db', '/app/with space.db'],
  ['sqlite:with space.db', '/app/with space.db'],
  ['sqlite:100%.db', '/app/100%.db'],
  ['sqlite:one#two.db', '/app/one#two.db'],
  ['sqlite:panel.db?mode=ro', '/app/panel.db'],
  ['SQLite:panel.db', '/app/panel.db'],
  ['sqlite::memory:', ':memory:'],
  ['sqlite://:memory:', ':memory:'],
])('%s is %s', (url, file) => {
  expect(fileOf(url, '/app')).toBe(file)
})

test.each(['sqlite:', 'sqlite://', 'sqlite:///', 'sqlite:?x'])('%s names none', (url) => {
  try {
    fileOf(url, '/app')
    expect.unreachable()
  } catch (error) {
    expect(isAludelError(error) && error.code).toBe('invalid-url')
  }
})
