/** Create forum threads and posts */
import type { Operations } from 'aludel'
import { foreignKey, integer, now, string, text, timestamptz } from 'aludel/schema'

export const revision = 'b3a96c17e4d2'
export const downRevision = '08d1f6a3c59e'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-02-24T17:45:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'forum_thread',
    {
      id: integer().identity().primaryKey(),
      category_id: integer().notNull(),
      author_id: integer(),
      title: string(255).notNull(),
      created_at: timestamptz().notNull().default(now()),
    },
    () => [
      foreignKey(['category_id'], 'forum_category', ['id'], {
        name: 'fk_forum_thread_category_id_forum_category',
        onDelete: 'restrict',
      }),
      foreignKey(['author_id'], 'user', ['id'], { name: 'fk_forum_thread_author_id_user', onDelete: 'set null' }),
    ],
  )
  op.createTable(
    'forum_post',
    {
      id: integer().identity().primaryKey(),
      thread_id: integer().notNull(),
      author_id: integer(),
      content: text().notNull(),
      created_at: timestamptz().notNull().default(now()),
    },
    () => [
      foreignKey(['thread_id'], 'forum_thread', ['id'], {
        name: 'fk_forum_post_thread_id_forum_thread',
        onDelete: 'cascade',
      }),
      foreignKey(['author_id'], 'user', ['id'], { name: 'fk_forum_post_author_id_user', onDelete: 'set null' }),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('forum_post')
  op.dropTable('forum_thread')
}
