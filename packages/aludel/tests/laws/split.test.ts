// Several revisions in the place of one: they run one after another, and each is about one table or about tables that need each other.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { proposedMessage } from '../../src/diff/message.ts'
import { splitByTable } from '../../src/diff/split/split.ts'
import { definitionOf } from '../../src/ops/registry.ts'
import { enumeration, integer, string, text } from '../../src/schema/column.ts'
import { foreignKey, index } from '../../src/schema/constraints.ts'
import { type AnyTable, defineSchema } from '../../src/schema/define.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { table } from '../../src/schema/table.ts'
import { pureSchemas } from '../arbitraries/pure/schema.ts'
import { runStrictly } from './strict.ts'

test('the parts of a list run one after another and lead where the list leads', () => {
  fc.assert(
    fc.property(pureSchemas, pureSchemas, (before, after) => {
      const ops = diff(before, after)
      const parts = splitByTable(ops, before)
      expect(parts.flat()).toHaveLength(ops.length)
      expect(sortedSchema(runStrictly(before, parts.flat()))).toEqual(sortedSchema(after))
    }),
    { numRuns: 400 },
  )
})

const made = (...tables: readonly AnyTable[]) => defineSchema(tables)
const split = (before: ReturnType<typeof made>, after: ReturnType<typeof made>) =>
  splitByTable(diff(before, after), before).map((part) => part.map((op) => definitionOf(op).describe(op)))

describe('a part', () => {
  const user = table('user', { id: integer().primaryKey(), mood: enumeration('mood', ['ok', 'bad']) })
  const server = table('server', { id: integer().primaryKey(), owner: integer() }, (t) => [
    foreignKey(['owner'], 'user', ['id']),
    index().on(t.owner),
  ])

  test('is one table, after those that it refers to, with what it alone needs', () => {
    expect(split(made(), made(server, user))).toEqual([
      ['create enumeration "mood"', 'create table "user"'],
      ['create table "server"'],
    ])
    expect(split(made(server, user), made())).toEqual([
      ['drop table "server"'],
      ['drop table "user"', 'drop enumeration "mood"'],
    ])
  })

  test('is all tables of a circle', () => {
    const hen = table('hen', { id: integer().primaryKey(), egg: integer() }, () => [foreignKey(['egg'], 'egg', ['id'])])
    const egg = table('egg', { id: integer().primaryKey(), hen: integer() }, () => [foreignKey(['hen'], 'hen', ['id'])])
    expect(split(made(), made(hen, egg, user)).map((part) => part.length)).toEqual([2, 3])
  })
})

describe('a revision that nobody named', () => {
  const id = { id: integer().primaryKey() }
  const named = (before: ReturnType<typeof made>, after: ReturnType<typeof made>) =>
    proposedMessage(diff(before, after))
  const user = table('user', id)

  test.each([
    ['Create user', made(), made(user)],
    ['Create user and server', made(), made(user, table('server', id))],
    ['Drop user', made(user), made()],
    ['Add status to user', made(user), made(table('user', { ...id, status: string(32) }))],
    ['Add a and b to user', made(user), made(table('user', { ...id, a: text(), b: text() }))],
    ['Add a to user and create server', made(user), made(table('user', { ...id, a: text() }), table('server', id))],
    ['Drop a from user', made(table('user', { ...id, a: text() })), made(user)],
    ['Change a of user', made(table('user', { ...id, a: text() })), made(table('user', { ...id, a: integer() }))],
    [
      'Add ix_user_a',
      made(table('user', { ...id, a: text() })),
      made(table('user', { ...id, a: text() }, (t) => [index().on(t.a)])),
    ],
    [
      'Create alpha, bravo, charlie and 3 more',
      made(),
      made(...['alpha', 'bravo', 'charlie', 'delta_delta', 'echo_echo', 'foxtrot_fox'].map((name) => table(name, id))),
    ],
  ])('is called "%s"', (name, before, after) => {
    const called = named(before, after)
    expect(called.length).toBeLessThanOrEqual(50)
    if (name.startsWith('Add a to user and')) expect(called.split(' and ').toSorted()).toHaveLength(2)
    else expect(called).toBe(name)
  })

  test('always has a name that is short enough, the same each time', () => {
    fc.assert(
      fc.property(pureSchemas, pureSchemas, (before, after) => {
        const ops = diff(before, after)
        const name = proposedMessage(ops)
        expect(name).toBe(proposedMessage(ops))
        expect(name.length).toBeLessThanOrEqual(50)
        expect(name.length).toBeGreaterThan(3)
      }),
    )
  })
})
