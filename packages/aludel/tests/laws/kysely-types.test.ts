// What the types of a schema say to Kysely.

import type { Insertable, Selectable, Updateable } from 'kysely'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { type JsonText, type KyselyDatabase, readJson } from '../../src/kysely/index.ts'
import {
  bigint,
  binary,
  boolean,
  date,
  defineSchema,
  double,
  enumeration,
  index,
  integer,
  json,
  now,
  numeric,
  sql,
  sqlType,
  string,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
} from '../../src/schema/index.ts'

const team = table('team', { id: integer().identity().primaryKey(), name: string(40).notNull().unique() })

const user = table(
  'user',
  {
    id: integer().identity().primaryKey(),
    email: string(120).notNull(),
    bio: text(),
    teamId: integer('team_id').references(() => team.columns.id, { onDelete: 'cascade' }),
    isActive: boolean('is_active').notNull().default(true),
    role: enumeration('user_role', ['member', 'moderator']).notNull(),
    visits: bigint().notNull(),
    credit: numeric(10, 2).notNull(),
    born: date(),
    wakes: time(),
    score: double().notNull(),
    key: uuid().notNull(),
    avatar: binary(),
    address: sqlType('inet', 'last_address'),
    settings: json().as<{ readonly colour: string }>(),
    notes: json().notNull(),
    createdAt: timestamp('created_at').notNull().default(now()),
    seenAt: timestamptz('seen_at'),
    nameLength: integer('name_length').generated(sql`length(email)`),
  },
  (t) => [index().on(t.teamId)],
)

const entry = table('entry', { id: bigint().primaryKey(), body: text().notNull() }, null, { namespace: 'audit' })

const schema = defineSchema([team, user, entry])
type Database = KyselyDatabase<typeof schema>
type User = Selectable<Database['user']>

describe('the Database type of a schema', () => {
  test('has the tables by name, with the namespace of one that has a namespace', () => {
    expectTypeOf<keyof Database>().toEqualTypeOf<'team' | 'user' | 'audit.entry'>()
  })

  test('has the columns by the name that they have in the database', () => {
    expectTypeOf<keyof Database['team']>().toEqualTypeOf<'id' | 'name'>()
    expectTypeOf<User>().toHaveProperty('team_id')
    expectTypeOf<User>().not.toHaveProperty('teamId')
  })

  test('gives null only where a column may be null', () => {
    expectTypeOf<User['email']>().toEqualTypeOf<string>()
    expectTypeOf<User['bio']>().toEqualTypeOf<string | null>()
    expectTypeOf<User['id']>().toEqualTypeOf<number>()
    expectTypeOf<User['team_id']>().toEqualTypeOf<number | null>()
  })

  test('gives each type as a connection gives it', () => {
    expectTypeOf<User['is_active']>().toEqualTypeOf<boolean>()
    expectTypeOf<User['role']>().toEqualTypeOf<'member' | 'moderator'>()
    expectTypeOf<User['visits']>().toEqualTypeOf<bigint>()
    expectTypeOf<User['credit']>().toEqualTypeOf<string>()
    expectTypeOf<User['born']>().toEqualTypeOf<string | null>()
    expectTypeOf<User['wakes']>().toEqualTypeOf<string | null>()
    expectTypeOf<User['score']>().toEqualTypeOf<number>()
    expectTypeOf<User['key']>().toEqualTypeOf<string>()
    expectTypeOf<User['avatar']>().toEqualTypeOf<Uint8Array | null>()
    expectTypeOf<User['created_at']>().toEqualTypeOf<Date>()
    expectTypeOf<User['seen_at']>().toEqualTypeOf<Date | null>()
    expectTypeOf<User['last_address']>().toEqualTypeOf<unknown>()
  })

  test('takes what the database fills, and what may be null, as optional on insert', () => {
    type Required = {
      [K in keyof Insertable<Database['user']>]-?: undefined extends Insertable<Database['user']>[K] ? never : K
    }
    expectTypeOf<Exclude<Required[keyof Required], undefined>>().toEqualTypeOf<
      'email' | 'role' | 'visits' | 'credit' | 'score' | 'key' | 'notes'
    >()
  })

  test('takes nothing but what the column holds', () => {
    type New = Insertable<Database['user']>
    expectTypeOf<New['created_at']>().toEqualTypeOf<Date | string | undefined>()
    expectTypeOf<New['visits']>().toEqualTypeOf<bigint | number>()
    expectTypeOf<New['role']>().toEqualTypeOf<'member' | 'moderator'>()
    expectTypeOf<New['settings']>().toEqualTypeOf<{ readonly colour: string } | string | null | undefined>()
    expectTypeOf<undefined>().not.toExtend<New['email']>()
    expectTypeOf<null>().not.toExtend<New['email']>()
    expectTypeOf<null>().not.toExtend<Updateable<Database['user']>['email']>()
  })
})

describe('JSON', () => {
  test('is text that knows what it says', () => {
    expectTypeOf<User['settings']>().toEqualTypeOf<JsonText<{ readonly colour: string }> | null>()
    expectTypeOf<User['settings']>().toExtend<string | null>()
    expectTypeOf(readJson<{ readonly colour: string }>).toBeFunction()
    const settings = '{"colour":"red"}' as User['settings']
    expectTypeOf(readJson(settings)).toEqualTypeOf<{ readonly colour: string } | null>()
    expect(readJson(settings)).toEqual({ colour: 'red' })
  })

  test('is null where the column is', () => {
    expect(readJson(null)).toBe(null)
  })
})
