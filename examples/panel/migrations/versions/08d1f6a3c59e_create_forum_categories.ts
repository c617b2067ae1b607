/** Create forum categories */
import type { Operations } from 'aludel'
import { integer, string, unique } from 'aludel/schema'

export const revision = '08d1f6a3c59e'
export const downRevision = '91e3a7b6c0d5'
export const branchLabels = ['forum']
export const dependsOn = null
export const createdAt = '2026-02-19T11:12:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'forum_category',
    {
      id: integer().identity().primaryKey(),
      name: string(80).notNull(),
      description: string(255),
      position: integer().notNull().default(0),
    },
    (t) => [unique('uq_forum_category_name').on(t.name)],
  )
  op.bulkInsert('forum_category', [
    { name: 'News', description: 'What is new on the servers', position: 1 },
    { name: 'General', description: 'Everything else', position: 2 },
  ])
}

export function downgrade(op: Operations) {
  op.dropTable('forum_category')
}
