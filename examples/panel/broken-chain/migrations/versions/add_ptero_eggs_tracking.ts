/** Track templates taken from Ptero-Eggs */
import type { Operations } from 'aludel'
import { foreignKey, integer, string, timestamptz, unique } from 'aludel/schema'

export const revision = 'ptero_eggs_001'
export const downRevision = null // Set this to your latest migration revision
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-12-05T11:30:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'ptero_eggs_source',
    {
      id: integer().identity().primaryKey(),
      repository: string(190).notNull(),
      commit_hash: string(64),
      synced_at: timestamptz(),
    },
    (t) => [unique('uq_ptero_eggs_source_repository').on(t.repository)],
  )
  op.createTable(
    'ptero_eggs_template',
    {
      id: integer().identity().primaryKey(),
      source_id: integer().notNull(),
      template_id: integer().notNull(),
      version: integer().notNull().default(1),
    },
    (t) => [
      unique('uq_ptero_eggs_template_version').on(t.template_id, t.version),
      foreignKey(['source_id'], 'ptero_eggs_source', ['id'], {
        name: 'fk_ptero_eggs_template_source_id_ptero_eggs_source',
        onDelete: 'cascade',
      }),
      foreignKey(['template_id'], 'config_template', ['id'], {
        name: 'fk_ptero_eggs_template_template_id_config_template',
        onDelete: 'cascade',
      }),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('ptero_eggs_template')
  op.dropTable('ptero_eggs_source')
}
