/** Add user status */
import type { Operations } from 'aludel'
import { name, sql, string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = 'd5b8e1943f06'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-04-07T10:37:00Z'

export function upgrade(op: Operations) {
  op.addColumn('user', 'status', string(32))
  op.execute(
    sql`UPDATE ${name('user')} SET status = CASE WHEN is_active = ${true} THEN ${'active'} ELSE ${'suspended'} END`,
  )
  op.alterColumn('user', 'status', { nullable: false })
}

export function downgrade(op: Operations) {
  op.dropColumn('user', 'status')
}
