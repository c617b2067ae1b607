// Domains: types with a default and checks of their own.

import type { Operations } from '../../../../src/index.ts'
import { enumeration, integer, now, sql, sqlType, string, timestamptz } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'It has none.', sqlite: 'It has none.' }

export function before(op: Operations) {
  op.createDomain('positive', integer().notNull().default(1), { check: sql`VALUE > 0`, constraintName: 'is positive' })
  op.createDomain('gone', string(20), { check: `VALUE <> ''`, constraintName: 'filled' })
  op.alterDomain('gone', { addCheck: { name: 'short', check: 'length(VALUE) < 10' } })
}

export function upgrade(op: Operations) {
  op.createNamespace('app')
  op.createDomain({ namespace: 'app', name: 'e"mail' }, string(120), { check: `VALUE ~ '@'`, collation: 'C' })
  op.createDomain('moment', timestamptz().default(now()))
  op.createDomain('mood', enumeration('mood_value', ['good', "it's"]).default("it's"))
  op.createTable('person', { id: integer().primaryKey(), email: sqlType('app."e""mail"') })
  op.alterDomain('positive', { default: 5, nullable: true })
  op.alterDomain('positive', { dropCheck: 'is positive', addCheck: { name: 'is positive', check: 'VALUE >= 0' } })
  op.alterDomain('positive', { default: null })
  op.renameDomain('positive', 'natural')
  op.dropDomain('gone')
  op.dropDomain('never there', { ifExists: true })
}
