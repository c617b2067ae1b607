/** Create server table */
import type { Operations } from 'aludel'
import { check, foreignKey, integer, now, sql, string, timestamptz, unique } from 'aludel/schema'

export const revision = '2b6e84f1c7a0'
export const downRevision = '7a1f0c92d3b4'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-01-15T15:40:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'server',
    {
      id: integer().identity().primaryKey(),
      name: string(120).notNull(),
      host: string(128).notNull(),
      port: integer().notNull(),
      game_type: string(32).notNull().default('etlegacy'),
      owner_id: integer().notNull(),
      created_at: timestamptz().notNull().default(now()),
      updated_at: timestamptz().notNull().default(now()),
    },
    (t) => [
      unique('uq_server_name').on(t.name),
      foreignKey(['owner_id'], 'user', ['id'], { name: 'fk_server_owner_id_user', onDelete: 'restrict' }),
      check('ck_server_port', sql`port BETWEEN 1 AND 65535`),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('server')
}
