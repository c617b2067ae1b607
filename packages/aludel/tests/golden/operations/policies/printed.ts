/** policies */
import type { Operations } from 'aludel'
import { integer, name, sql, string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.enableRowSecurity('plain', { force: true })
  op.enableRowSecurity('note', { force: true })
  op.disableRowSecurity('gone')
  op.createPolicy('every"thing', 'note', { to: ['PUBLIC', 'CURRENT_USER', 'pg_monitor', 'SESSION_USER'], using: sql`true -- all` })
  op.createPolicy('narrow', 'note', { command: 'update', permissive: false, using: sql`id < 9`, check: sql`${name('owner')} <> ${'it\'s'}` })
  op.alterPolicy('own', 'note', { to: ['pg_read_all_data', 'pg_monitor'], using: sql`true` })
  op.alterPolicy('own', 'note', { to: [], check: sql`id > 1` })
  op.renamePolicy('own', 'note', 'theirs')
  op.renameColumn('note', 'owner', 'holder')
  op.dropPolicy('new ones', 'note')
  op.dropPolicy('never there', 'note', { ifExists: true })
  op.dropTable('gone')
}

export function downgrade(op: Operations) {
  op.createTable('gone', {
    id: integer().primaryKey(),
    owner: string(63),
  })
  op.createPolicy('own', 'gone', { using: sql`owner = CURRENT_USER` })
  op.createPolicy('new ones', 'note', { command: 'insert', to: ['pg_monitor'], check: sql`id > ${0}` })
  op.renameColumn('note', 'holder', 'owner')
  op.renamePolicy('theirs', 'note', 'own')
  op.dropPolicy('own', 'note')
  op.createPolicy('own', 'note', { to: ['pg_read_all_data', 'pg_monitor'], using: sql`true` })
  op.alterPolicy('own', 'note', { to: [], using: sql`owner = CURRENT_USER` })
  op.dropPolicy('narrow', 'note')
  op.dropPolicy('every"thing', 'note')
  op.enableRowSecurity('gone', { force: true })
  op.enableRowSecurity('note')
  op.disableRowSecurity('plain')
}
