/** Add performance indexes */
import type { Operations } from 'aludel'
import { desc } from 'aludel/schema'

export const revision = 'a26d4be9c071'
export const downRevision = 'f19c70a5e8b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-06-11T07:55:00Z'

export function upgrade(op: Operations) {
  op.createIndex('ix_user_status', 'user', ['status'])
  op.createIndex('ix_server_owner_id', 'server', ['owner_id'])
  op.createIndex('ix_server_user_user_id', 'server_user', ['user_id'])
  op.createIndex('ix_audit_log_actor_id', 'audit_log', ['actor_id'])
  op.createIndex('ix_audit_log_created_at', 'audit_log', [desc('created_at')])
  op.createIndex('ix_forum_thread_author_id', 'forum_thread', ['author_id'])
  op.createIndex('ix_forum_thread_listing', 'forum_thread', ['category_id', desc('created_at')])
  op.createIndex('ix_forum_post_author_id', 'forum_post', ['author_id'])
  op.createIndex('ix_forum_post_listing', 'forum_post', ['thread_id', 'created_at'])
}

export function downgrade(op: Operations) {
  op.dropIndex('ix_forum_post_listing', 'forum_post')
  op.dropIndex('ix_forum_post_author_id', 'forum_post')
  op.dropIndex('ix_forum_thread_listing', 'forum_thread')
  op.dropIndex('ix_forum_thread_author_id', 'forum_thread')
  op.dropIndex('ix_audit_log_created_at', 'audit_log')
  op.dropIndex('ix_audit_log_actor_id', 'audit_log')
  op.dropIndex('ix_server_user_user_id', 'server_user')
  op.dropIndex('ix_server_owner_id', 'server')
  op.dropIndex('ix_user_status', 'user')
}
