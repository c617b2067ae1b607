/** Create roles and permissions */
import type { Operations } from 'aludel'
import { boolean, foreignKey, integer, now, primaryKey, string, timestamptz, unique } from 'aludel/schema'

export const revision = 'rbac_system_init'
export const downRevision = 'dc4e5affd5bc'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-11-20T16:00:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'permission_group',
    { id: integer().identity().primaryKey(), name: string(64).notNull(), description: string(255) },
    (t) => [unique('uq_permission_group_name').on(t.name)],
  )
  op.createTable(
    'permission',
    { id: integer().identity().primaryKey(), name: string(64).notNull(), group_id: integer() },
    (t) => [
      unique('uq_permission_name').on(t.name),
      foreignKey(['group_id'], 'permission_group', ['id'], {
        name: 'fk_permission_group_id_permission_group',
        onDelete: 'set null',
      }),
    ],
  )
  op.createTable(
    'role',
    {
      id: integer().identity().primaryKey(),
      name: string(64).notNull(),
      is_system: boolean().notNull().default(false),
      created_by: integer(),
    },
    (t) => [
      unique('uq_role_name').on(t.name),
      foreignKey(['created_by'], 'user', ['id'], { name: 'fk_role_created_by_user', onDelete: 'set null' }),
    ],
  )
  op.createTable('role_permission', { role_id: integer().notNull(), permission_id: integer().notNull() }, (t) => [
    primaryKey([t.role_id, t.permission_id], 'pk_role_permission'),
    foreignKey(['role_id'], 'role', ['id'], { name: 'fk_role_permission_role_id_role', onDelete: 'cascade' }),
    foreignKey(['permission_id'], 'permission', ['id'], {
      name: 'fk_role_permission_permission_id_permission',
      onDelete: 'cascade',
    }),
  ])
  op.createTable(
    'user_role',
    {
      user_id: integer().notNull(),
      role_id: integer().notNull(),
      granted_at: timestamptz().notNull().default(now()),
    },
    (t) => [
      primaryKey([t.user_id, t.role_id], 'pk_user_role'),
      foreignKey(['user_id'], 'user', ['id'], { name: 'fk_user_role_user_id_user', onDelete: 'cascade' }),
      foreignKey(['role_id'], 'role', ['id'], { name: 'fk_user_role_role_id_role', onDelete: 'cascade' }),
    ],
  )
  op.createTable(
    'user_permission_override',
    {
      user_id: integer().notNull(),
      permission_id: integer().notNull(),
      is_granted: boolean().notNull(),
    },
    (t) => [
      primaryKey([t.user_id, t.permission_id], 'pk_user_permission_override'),
      foreignKey(['user_id'], 'user', ['id'], {
        name: 'fk_user_permission_override_user_id_user',
        onDelete: 'cascade',
      }),
      foreignKey(['permission_id'], 'permission', ['id'], {
        name: 'fk_user_permission_override_permission_id_permission',
        onDelete: 'cascade',
      }),
    ],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('user_permission_override')
  op.dropTable('user_role')
  op.dropTable('role_permission')
  op.dropTable('role')
  op.dropTable('permission')
  op.dropTable('permission_group')
}
