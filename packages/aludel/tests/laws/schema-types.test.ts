// What the compiler says of a model: names and types are known, and what is not there does not compile.

import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Operations } from '../../src/index.ts'
import {
  boolean,
  type ColumnReference,
  defineSchema,
  desc,
  foreignKey,
  index,
  integer,
  primaryKey,
  string,
  table,
  unique,
} from '../../src/schema/index.ts'

const team = table('team', { id: integer().primaryKey(), title: string('team_title', 40) })

/** Compiled and never run. */
const compiles = (_: () => unknown) => undefined

describe('a column', () => {
  test('that does not exist cannot be referred to', () => {
    compiles(() => table('user', { teamId: integer().references(() => team.columns.id) }))
    // @ts-expect-error There is no column `ids`.
    compiles(() => table('user', { teamId: integer().references(() => team.columns.ids) }))
  })

  test('that does not exist cannot be in a key or an index', () => {
    compiles(() =>
      table('user', { id: integer(), email: string() }, (t) => [primaryKey(t.id), index().on(desc(t.email))]),
    )
    compiles(() =>
      table('user', { id: integer() }, (t) => [
        // @ts-expect-error There is no column `mail`.
        unique().on(t.mail),
        // @ts-expect-error There is no column `team`.
        foreignKey([t.team], 'team', [team.columns.id]),
      ]),
    )
  })

  test('is known by the name that it was given, else by its key', () => {
    expectTypeOf(team.columns.title).toEqualTypeOf<ColumnReference<'team_title', string>>()
    expectTypeOf(team.columns.id).toEqualTypeOf<ColumnReference<'id', number>>()
    expect([team.columns.title.column, team.columns.id.column]).toEqual(['team_title', 'id'])
  })

  test('is one of its own where it is altered, not a default of another type', () => {
    compiles(() => (op: Operations) => op.alterColumn('user', 'is_active', { type: boolean(), nullable: false }))
    // @ts-expect-error A name is a text.
    compiles(() => (op: Operations) => op.renameColumn('user', 'a', 1))
    // @ts-expect-error There is no such action.
    compiles(() => integer().references(() => team.columns.id, { onDelete: 'remove' }))
  })
})

describe('a schema', () => {
  const user = table('user', {
    id: integer().primaryKey(),
    teamId: integer('team_id').references(() => team.columns.id),
  })
  const schema = defineSchema([team, user])

  test('remembers its tables', () => {
    type Names = NonNullable<typeof schema.definitions>[number]['name']
    expectTypeOf<Names>().toEqualTypeOf<'team' | 'user'>()
  })

  test('cannot be changed', () => {
    // @ts-expect-error Its lists are readonly.
    compiles(() => schema.tables.push(schema.tables[0]))
  })

  test('is what its tables say', () => {
    expect(schema.tables.map(({ name, columns }) => [name, ...columns.map((column) => column.name)])).toEqual([
      ['team', 'id', 'team_title'],
      ['user', 'id', 'team_id'],
    ])
  })
})

describe('a schema is refused', () => {
  const refusal = (make: () => unknown): unknown => {
    try {
      return make()
    } catch (error) {
      return (error as { code?: unknown }).code
    }
  }
  const user = table('user', { id: integer() })

  test.each([
    ['duplicate-table', () => defineSchema([user, user])],
    ['duplicate-column', () => defineSchema([table('x', { id: integer(), other: integer('id') })])],
    [
      'unknown-referent',
      () => defineSchema([table('x', { id: integer() }, () => [foreignKey(['id'], 'none', ['id'])])]),
    ],
    [
      'unknown-referent',
      () => defineSchema([table('x', { id: integer() }, () => [foreignKey(['id'], 'x', ['none'])])]),
    ],
    ['unknown-column', () => defineSchema([table('x', { id: integer() }, () => [unique().on('none')])])],
    ['foreign-key-shape', () => defineSchema([table('x', { id: integer() }, () => [foreignKey(['id'], 'x', [])])])],
    [
      'duplicate-name',
      () => defineSchema([table('x', { id: integer() }, (t) => [index('i').on(t.id), index('i').on(t.id)])]),
    ],
    [
      'duplicate-name',
      () => defineSchema([table('x', { id: integer() }, (t) => [unique('u').on(t.id), unique('u').on(t.id)])]),
    ],
    [
      'duplicate-primary-key',
      () => defineSchema([table('x', { id: integer().primaryKey() }, (t) => [primaryKey(t.id)])]),
    ],
    ['invalid-reference', () => defineSchema([table('x', { id: integer().references('user.id' as never) })])],
    ['invalid-reference', () => defineSchema([table('x', { id: integer().references(() => user as never) })])],
    ['invalid-type', () => string(0)],
    ['invalid-default', () => integer().default(Symbol('x') as never)],
  ])('%s', (code, make) => {
    expect(refusal(make)).toBe(code)
  })
})
