/**
 * Add OAuth fields to user
 *
 * Revision: oauth_fields
 * Revises: None
 * Created: 2024-01-01
 */
import type { Operations } from 'aludel'
import { string, text, timestamptz } from 'aludel/schema'

export const revision = 'oauth_fields'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2024-01-01T00:00:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'oauth_provider', string(32))
  op.addColumn('user', 'oauth_id', string(128))
  op.addColumn('user', 'oauth_token', text())
  op.addColumn('user', 'oauth_refresh_token', text())
  op.addColumn('user', 'oauth_token_expires', timestamptz())
  op.createUniqueConstraint('uq_user_oauth_id', 'user', ['oauth_id'])
  op.createIndex('ix_user_oauth', 'user', ['oauth_provider', 'oauth_id'])
}

export function downgrade(op: Operations) {
  op.dropIndex('ix_user_oauth', 'user')
  op.dropConstraint('uq_user_oauth_id', 'user')
  op.dropColumn('user', 'oauth_token_expires')
  op.dropColumn('user', 'oauth_refresh_token')
  op.dropColumn('user', 'oauth_token')
  op.dropColumn('user', 'oauth_id')
  op.dropColumn('user', 'oauth_provider')
}
