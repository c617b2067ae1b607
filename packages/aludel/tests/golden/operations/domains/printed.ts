/** domains */
import type { Operations } from 'aludel'
import { enumeration, integer, now, sql, sqlType, string, timestamptz } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createNamespace('app')
  op.createDomain({ namespace: 'app', name: 'e"mail' }, string(120).collate('C'), { check: sql`VALUE ~ '@'`, constraintName: 'ck_e"mail_12c9ef87' })
  op.createDomain('moment', timestamptz().default(now()))
  op.createDomain('mood', enumeration('mood_value', ['good', 'it\'s']).default('it\'s'))
  op.createTable('person', {
    id: integer().primaryKey(),
    email: sqlType('app."e""mail"'),
  })
  op.alterDomain('positive', { default: 5, nullable: true })
  op.alterDomain('positive', { dropCheck: 'is positive', addCheck: { name: 'is positive', check: sql`VALUE >= 0` } })
  op.alterDomain('positive', { default: null })
  op.renameDomain('positive', 'natural')
  op.dropDomain('gone')
  op.dropDomain('never there', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createDomain('gone', string(20), { check: sql`VALUE <> ''`, constraintName: 'filled' })
  op.alterDomain('gone', { addCheck: { name: 'short', check: sql`length(VALUE) < 10` } })
  op.renameDomain('natural', 'positive')
  op.alterDomain('positive', { default: 5 })
  op.alterDomain('positive', { dropCheck: 'is positive', addCheck: { name: 'is positive', check: sql`VALUE > 0` } })
  op.alterDomain('positive', { default: 1, nullable: false })
  op.dropTable('person')
  op.dropDomain('mood')
  op.dropEnum('mood_value')
  op.dropDomain('moment')
  op.dropDomain({ namespace: 'app', name: 'e"mail' })
  op.dropNamespace('app')
}
