/** Add performance indexes */
import type { Operations } from 'aludel'
import { desc } from 'aludel/schema'

export const revision = 'perf_indexes_001'
export const downRevision = 'dc4e5affd5bc'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-12-02T17:45:00Z'

export function upgrade(op: Operations) {
  op.createIndex('ix_user_role', 'user', ['role', 'is_active'])
  op.createIndex('ix_user_totp_enabled', 'user', ['totp_enabled'])
  op.createIndex('ix_server_address', 'server', ['host', 'port'])
  op.createIndex('ix_server_game_type', 'server', ['game_type'])
  op.createIndex('ix_audit_log_created_at', 'audit_log', [desc('created_at')])
}

export function downgrade(op: Operations) {
  op.dropIndex('ix_audit_log_created_at', 'audit_log')
  op.dropIndex('ix_server_game_type', 'server')
  op.dropIndex('ix_server_address', 'server')
  op.dropIndex('ix_user_totp_enabled', 'user')
  op.dropIndex('ix_user_role', 'user')
}
