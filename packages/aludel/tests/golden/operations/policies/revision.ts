// Row security and policies: made, changed, renamed and dropped, also with their table.

import type { Operations } from '../../../../src/index.ts'
import { integer, name, sql, string } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'It has none.', sqlite: 'It has none.' }

export function before(op: Operations) {
  for (const table of ['note', 'gone']) {
    op.createTable(table, { id: integer().primaryKey(), owner: string(63) })
    op.enableRowSecurity(table, { force: table === 'gone' })
    op.createPolicy('own', table, { using: 'owner = CURRENT_USER' })
  }
  op.createPolicy('new ones', 'note', { command: 'insert', to: ['pg_monitor'], check: sql`id > ${0}` })
  op.createTable('plain', { id: integer().primaryKey() })
}

export function upgrade(op: Operations) {
  op.enableRowSecurity('plain', { force: true })
  op.enableRowSecurity('note', { force: true })
  op.disableRowSecurity('gone')
  op.createPolicy('every"thing', 'note', {
    to: ['PUBLIC', 'CURRENT_USER', 'pg_monitor', 'SESSION_USER'],
    using: sql`true -- all`,
  })
  op.createPolicy('narrow', 'note', {
    command: 'update',
    permissive: false,
    using: 'id < 9',
    check: sql`${name('owner')} <> ${"it's"}`,
  })
  op.alterPolicy('own', 'note', { to: ['pg_read_all_data', 'pg_monitor'], using: 'true' })
  op.alterPolicy('own', 'note', { check: 'id > 1', to: [] })
  op.renamePolicy('own', 'note', 'theirs')
  op.renameColumn('note', 'owner', 'holder')
  op.dropPolicy('new ones', 'note')
  op.dropPolicy('never there', 'note', { ifExists: true })
  op.dropTable('gone')
}
