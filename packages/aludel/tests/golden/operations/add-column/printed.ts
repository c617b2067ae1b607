/** add-column */
import type { Operations } from 'aludel'
import { boolean, integer, now, sql, string, text, timestamp } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'bio', text())
  op.addColumn('user', 'status', string(32).notNull().default('active'))
  op.addColumn('user', 'is active', boolean().notNull().default(false).comment('Or not'))
  op.addColumn('user', 'made_at', timestamp().notNull().default(now()))
  op.addColumn('user', 'total', integer().generated(sql`price * 2`))
  op.addColumn('user', 'nick', string(20), { ifNotExists: true })
}

export function downgrade(op: Operations) {
  op.dropColumn('user', 'nick', { ifExists: true })
  op.dropColumn('user', 'total')
  op.dropColumn('user', 'made_at')
  op.dropColumn('user', 'is active')
  op.dropColumn('user', 'status')
  op.dropColumn('user', 'bio')
}
