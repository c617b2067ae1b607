/** namespaces */
import type { Operations } from 'aludel'
import { foreignKey, index, integer, string } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createNamespace('app')
  op.createNamespace('old app', { ifNotExists: true })
  op.createTable({ namespace: 'app', name: 'user' }, {
    id: integer().identity().primaryKey(),
    email: string(50),
  }, (t) => [
    index('ix_email').on(t.email),
  ])
  op.createTable('post', {
    id: integer().primaryKey(),
    user_id: integer(),
  }, (t) => [
    foreignKey(['user_id'], { namespace: 'app', name: 'user' }, ['id'], { name: 'fk_user' }),
  ])
  op.alterColumn({ namespace: 'app', name: 'user' }, 'email', { nullable: false })
  op.dropNamespace('old app')
  op.dropNamespace('never there', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createNamespace('old app')
  op.alterColumn({ namespace: 'app', name: 'user' }, 'email', { nullable: true })
  op.dropTable('post')
  op.dropTable({ namespace: 'app', name: 'user' })
  op.dropNamespace('app')
}
