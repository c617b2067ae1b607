// Materialized views: made full and empty, refreshed and dropped.

import type { Operations } from '../../../../src/index.ts'
import { integer, name, sql, string } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It has none.', mysql: 'It has none.' }

export function before(op: Operations) {
  op.createNamespace('reports')
  op.createTable('user', { id: integer().primaryKey(), name: string(50) })
  op.createMaterializedView('old names', sql`SELECT name FROM ${name('user')}`)
}

export function upgrade(op: Operations) {
  op.createMaterializedView('names', sql`SELECT id, name FROM ${name('user')}`, { dependsOn: ['user'] })
  op.createMaterializedView({ namespace: 'reports', name: 'ids' }, sql`SELECT id FROM ${name('user')} -- all of them`, {
    withData: false,
  })
  op.refreshMaterializedView({ namespace: 'reports', name: 'ids' })
  op.execute('CREATE UNIQUE INDEX names_id ON names (id)', {
    effects: (op) => op.createIndex('names_id', 'names', ['id'], { unique: true }),
    undo: 'DROP INDEX names_id',
  })
  op.refreshMaterializedView('names', { concurrently: true })
  op.createMaterializedView('names', sql`SELECT 1`, { ifNotExists: true })
  op.dropMaterializedView('old names')
  op.dropMaterializedView('never there', { ifExists: true })
}
