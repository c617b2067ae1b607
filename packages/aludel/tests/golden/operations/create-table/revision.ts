// A table with everything on it.

import type { Operations } from '../../../../src/index.ts'
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
} from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('team', { id: integer().identity().primaryKey(), code: string(10).notNull().unique() })
}

export function upgrade(op: Operations) {
  op.createTable(
    'user',
    {
      id: integer().identity().primaryKey(),
      big: bigint().notNull().default(9007199254740993n),
      small: smallint(),
      email: string(120).notNull().comment("Where it's sent"),
      bio: text(),
      isActive: boolean('is_active').notNull().default(true),
      balance: numeric(10, 2).notNull().default('0.50'),
      ratio: float(),
      score: double(),
      born: date(),
      wakes: time(),
      madeAt: timestamp('made_at').notNull().default(now()),
      seenAt: timestamptz('seen_at'),
      settings: json().default({ theme: 'dark' }),
      token: uuid(),
      picture: binary(),
      teamId: integer('team_id').references(() => ({ table: { namespace: null, name: 'team' }, column: 'id' }), {
        onDelete: 'set null',
      }),
      bossId: integer('boss_id'),
    },
    (t) => [
      unique('uq_pair').on(t.teamId, t.email),
      check('ck_email', sql`length(email) > 3`),
      foreignKey([t.bossId], 'user', ['id'], { name: 'fk_boss', onUpdate: 'cascade' }),
      index('ix_made').on(t.teamId, desc(t.madeAt)),
    ],
    { comment: "People, and what's theirs" },
  )
}
