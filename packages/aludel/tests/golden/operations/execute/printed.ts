/** execute */
import type { Operations } from 'aludel'
import { name, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.execute(sql`UPDATE ${name('user')} SET status = ${'it\'s'} WHERE is_active = ${1}`)
  op.execute([sql`DELETE FROM ${name('user')} WHERE id = ${99}`, sql`DELETE FROM ${name('user')} WHERE id = ${98}`])
  op.execute({ postgres: sql`UPDATE "user" SET status = 'a:b ? %s'`, mysql: sql`UPDATE \`user\` SET status = 'a:b ? %s'`, sqlite: sql`UPDATE "user" SET status = 'a:b ? %s'` })
}

export function downgrade(_op: Operations) {
  // What undoes this SQL is not told: UPDATE "user" SET status = ? WHERE is_active = ?
}
