/** create-table */
import type { Operations } from 'aludel'
import {
  bigint,
  binary,
  boolean,
  check,
  date,
  desc,
  double,
  float,
  foreignKey,
  index,
  integer,
  json,
  now,
  numeric,
  smallint,
  sql,
  string,
  text,
  time,
  timestamp,
  timestamptz,
  unique,
  uuid,
} from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createTable('user', {
    id: integer().identity().primaryKey(),
    big: bigint().notNull().default(9007199254740993n),
    small: smallint(),
    email: string(120).notNull().comment('Where it\'s sent'),
    bio: text(),
    is_active: boolean().notNull().default(true),
    balance: numeric(10, 2).notNull().default('0.50'),
    ratio: float(),
    score: double(),
    born: date(),
    wakes: time(),
    made_at: timestamp().notNull().default(now()),
    seen_at: timestamptz(),
    settings: json().default('{"theme":"dark"}'),
    token: uuid(),
    picture: binary(),
    team_id: integer(),
    boss_id: integer(),
  }, (t) => [
    unique('uq_pair').on(t.team_id, t.email),
    foreignKey(['team_id'], 'team', ['id'], { name: 'fk_user_team_id_team', onDelete: 'set null' }),
    foreignKey(['boss_id'], 'user', ['id'], { name: 'fk_boss', onUpdate: 'cascade' }),
    check('ck_email', sql`length(email) > 3`),
    index('ix_made').on(t.team_id, desc(t.made_at)),
  ], { comment: 'People, and what\'s theirs' })
}

export function downgrade(op: Operations) {
  op.dropTable('user')
}
