/** Add user OAuth fields */
import type { Operations } from 'aludel'
import { name, sql, string } from 'aludel/schema'

export const revision = '91e3a7b6c0d5'
export const downRevision = 'c4d97e05b2f8'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-02-03T13:22:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'oauth_provider', string(32))
  op.addColumn('user', 'oauth_id', string(128))
  op.createUniqueConstraint('uq_user_oauth', 'user', ['oauth_provider', 'oauth_id'])
  op.alterColumn('user', 'password_hash', { nullable: true })
}

export function downgrade(op: Operations) {
  // No password matches this, so who signed in with OAuth only has to set a new one.
  op.execute(sql`UPDATE ${name('user')} SET password_hash = ${'!'} WHERE password_hash IS NULL`)
  op.alterColumn('user', 'password_hash', { nullable: false })
  op.dropConstraint('uq_user_oauth', 'user')
  op.dropColumn('user', 'oauth_id')
  op.dropColumn('user', 'oauth_provider')
}
