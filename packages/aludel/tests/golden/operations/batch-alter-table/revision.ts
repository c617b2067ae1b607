// Several changes of one table as Alembic's users know them: they are recorded as if each had named the table.

import type { Operations } from '../../../../src/index.ts'
import { integer, sql, string, text } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey() })
  op.createTable('user', { id: integer().identity().primaryKey(), name: string(20), old: text(), team_id: integer() })
}

export function upgrade(op: Operations) {
  op.batchAlterTable('user', (batch) => {
    batch.addColumn('email', string(50))
    batch.alterColumn('name', { nullable: false })
    batch.dropColumn('old')
    batch.createIndex('ix_name', ['name'])
    batch.createUniqueConstraint('uq_email', ['email'])
    batch.createForeignKey('fk_team', 'team', ['team_id'], ['id'])
    batch.createCheckConstraint('ck_name', sql`length(name) > 1`)
  })
}
