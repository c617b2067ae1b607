/** materialized-views */
import type { Operations } from 'aludel'
import { name, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createMaterializedView('names', sql`SELECT id, name FROM ${name('user')}`, { dependsOn: ['user'] })
  op.createMaterializedView({ namespace: 'reports', name: 'ids' }, sql`SELECT id FROM ${name('user')} -- all of them`, { withData: false })
  op.refreshMaterializedView({ namespace: 'reports', name: 'ids' })
  op.execute(sql`CREATE UNIQUE INDEX names_id ON names (id)`, { effects: (op) => {
    op.createIndex('names_id', 'names', ['id'], { unique: true })
  }, undo: sql`DROP INDEX names_id` })
  op.refreshMaterializedView('names', { concurrently: true })
  op.createMaterializedView('names', sql`SELECT 1`, { ifNotExists: true })
  op.dropMaterializedView('old names')
  op.dropMaterializedView('never there', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createMaterializedView('old names', sql`SELECT name FROM ${name('user')}`)
  op.execute(sql`DROP INDEX names_id`, { effects: (op) => {
    op.dropIndex('names_id', 'names')
  }, undo: sql`CREATE UNIQUE INDEX names_id ON names (id)` })
  op.dropMaterializedView({ namespace: 'reports', name: 'ids' })
  op.dropMaterializedView('names')
}
