/** Create users, servers and site tables */
import type { Operations } from 'aludel'
import {
  binary,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  now,
  primaryKey,
  string,
  text,
  timestamptz,
  unique,
} from 'aludel/schema'

export const revision = '2ca607eff9c8'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-11-18T09:12:00Z'

export function upgrade(op: Operations) {
  op.createTable(
    'user',
    {
      id: integer().identity().primaryKey(),
      first_name: string(80).notNull(),
      last_name: string(80).notNull(),
      email: string(120).notNull(),
      dob: date(),
      password_hash: string(256).notNull(),
      is_active: boolean().notNull().default(true),
      role: string(32).notNull().default('user'),
    },
    (t) => [unique('uq_user_email').on(t.email)],
  )
  op.createTable(
    'server',
    {
      id: integer().identity().primaryKey(),
      name: string(120).notNull(),
      description: string(512),
      variables_json: text(),
      raw_config: text(),
      game_type: string(32).notNull().default('etlegacy'),
      owner_id: integer(),
      created_at: timestamptz().notNull().default(now()),
    },
    (t) => [
      unique('uq_server_name').on(t.name),
      foreignKey(['owner_id'], 'user', ['id'], { name: 'fk_server_owner_id_user', onDelete: 'set null' }),
    ],
  )
  op.createTable(
    'server_user',
    {
      server_id: integer().notNull(),
      user_id: integer().notNull(),
      role: string(32).notNull().default('member'),
      created_at: timestamptz().notNull().default(now()),
    },
    (t) => [
      primaryKey([t.server_id, t.user_id], 'pk_server_user'),
      foreignKey(['server_id'], 'server', ['id'], { name: 'fk_server_user_server_id_server', onDelete: 'cascade' }),
      foreignKey(['user_id'], 'user', ['id'], { name: 'fk_server_user_user_id_user', onDelete: 'cascade' }),
    ],
  )
  op.createTable(
    'audit_log',
    {
      id: integer().identity().primaryKey(),
      actor_id: integer(),
      action: string(255).notNull(),
      created_at: timestamptz().notNull().default(now()),
    },
    () => [foreignKey(['actor_id'], 'user', ['id'], { name: 'fk_audit_log_actor_id_user', onDelete: 'set null' })],
  )
  op.createTable(
    'site_setting',
    { id: integer().identity().primaryKey(), key: string(128).notNull(), value: text() },
    (t) => [unique('uq_site_setting_key').on(t.key)],
  )
  op.createTable(
    'site_asset',
    {
      id: integer().identity().primaryKey(),
      filename: string(190).notNull(),
      data: binary().notNull(),
      mimetype: string(64).notNull(),
    },
    (t) => [unique('uq_site_asset_filename').on(t.filename)],
  )
  op.createTable(
    'config_template',
    {
      id: integer().identity().primaryKey(),
      name: string(120).notNull(),
      game_type: string(32).notNull(),
      template: text().notNull(),
    },
    (t) => [index('ix_config_template_game_type').on(t.game_type)],
  )
}

export function downgrade(op: Operations) {
  op.dropTable('config_template')
  op.dropTable('site_asset')
  op.dropTable('site_setting')
  op.dropTable('audit_log')
  op.dropTable('server_user')
  op.dropTable('server')
  op.dropTable('user')
}
