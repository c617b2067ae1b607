/** Create CMS and forum tables */
import type { Operations } from 'aludel'
import { foreignKey, integer, now, string, text, timestamptz, unique } from 'aludel/schema'

export const revision = '64c2f8fecc18'
export const downRevision = 'bbda3883b503'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-11-18T10:05:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'cms_page',
    {
      id: integer().identity().primaryKey(),
      title: string(255).notNull(),
      slug: string(190).notNull(),
      content: text().notNull(),
      created_at: timestamptz().notNull().default(now()),
    },
    (t) => [unique('uq_cms_page_slug').on(t.slug)],
  )
  op.createTable('forum_thread', {
    id: integer().identity().primaryKey(),
    title: string(255).notNull(),
    created_at: timestamptz().notNull().default(now()),
  })
  op.createTable(
    'forum_post',
    {
      id: integer().identity().primaryKey(),
      thread_id: integer().notNull(),
      author: string(128).notNull(),
      content: text().notNull(),
      created_at: timestamptz().notNull().default(now()),
    },
    () => [
      foreignKey(['thread_id'], 'forum_thread', ['id'], {
        name: 'fk_forum_post_thread_id_forum_thread',
        onDelete: 'cascade',
      }),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('forum_post')
  op.dropTable('forum_thread')
  op.dropTable('cms_page')
}
