// What diff promises: nothing for equals, the whole way for others, and an order that an engine takes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutUnsaid } from '../../src/compare/unsaid.ts'
import { diff } from '../../src/diff/diff.ts'
import { isIrreversible } from '../../src/ops/definition.ts'
import { applyAll, definitionOf, invertAll } from '../../src/ops/registry.ts'
import { integer, text } from '../../src/schema/column.ts'
import { foreignKey, index, primaryKey, unique } from '../../src/schema/constraints.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { sameName } from '../../src/schema/lookup.ts'
import type { Schema, TableName } from '../../src/schema/model.ts'
import type { SchemaObject } from '../../src/schema/object-model.ts'
import { sameSchema, sortedSchema } from '../../src/schema/same.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import { draws } from '../arbitraries/pure/draw.ts'
import { withObjects } from '../arbitraries/pure/objects.ts'
import { makeSchema, pureSchemas } from '../arbitraries/pure/schema.ts'
import { runStrictly } from './strict.ts'

const pairs = fc.tuple(pureSchemas, pureSchemas)

test('law 1: a schema differs in nothing from itself', () => {
  fc.assert(
    fc.property(pureSchemas, (schema) => {
      expect(diff(schema, schema)).toEqual([])
    }),
  )
})

test('law 1: order means nothing, except inside keys and indexes', () => {
  const shuffled = draws.map((draw) => {
    const schema = makeSchema(draw)
    const mix = <T>(list: readonly T[]) => draw.some(list, list.length, list.length)
    return [
      schema,
      {
        tables: mix(schema.tables).map((table) => ({
          ...table,
          columns: mix(table.columns),
          uniques: mix(table.uniques),
          foreignKeys: mix(table.foreignKeys),
          checks: mix(table.checks),
          indexes: mix(table.indexes),
        })),
        enums: mix(schema.enums),
        namespaces: mix(schema.namespaces),
        objects: mix(schema.objects),
        catalogue: null,
      },
    ] as const
  })
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      expect(diff(one, other)).toEqual([])
      expect(sameSchema(one, other)).toBe(true)
    }),
  )
})

test('laws 1 and 2 hold for what stands beside tables', () => {
  const both = draws.map((draw) => {
    // What is kept aside is the runner's own; functions whose arguments were not told cannot be told apart.
    const made = () => {
      const schema = withObjects(draw, makeSchema(draw))
      return { ...schema, objects: schema.objects.filter(isKnown).filter(hasPlace(schema)) }
    }
    return [made(), made()] as const
  })
  fc.assert(
    fc.property(both, ([one, other]) => {
      expect(diff(one, one)).toEqual([])
      const reached = applyAll(one, diff(one, other))
      expect(told(reached)).toEqual(told(other))
      const undone = invertAll(diff(one, other), one)
      expect(isIrreversible(undone) ? null : told(applyAll(reached, undone))).toEqual(told(one))
    }),
    { numRuns: 300 },
  )
})

function isKnown(object: SchemaObject): boolean {
  return object.kind === 'function' ? object.arguments !== null : object.kind !== 'archive'
}

/** What an object was said to stand on is no part of what it is, and that a view is filled is no more than its rows are. */
function told(schema: Schema) {
  const plain = schema.objects.map((object) => ({
    ...object,
    ...('dependsOn' in object ? { dependsOn: [] } : {}),
    ...(object.kind === 'materializedView' ? { withData: true } : {}),
  }))
  return sortedSchema({ ...schema, objects: plain as readonly SchemaObject[] })
}

/** What belongs to a table is there only where the table is. */
function hasPlace({ tables }: Schema) {
  const isThere = ({ namespace, name }: TableName) =>
    tables.some((table) => table.name === name && table.namespace === namespace)
  const hasColumn = (of: TableName, column: string) =>
    tables.some((table) => sameName(table, of) && table.columns.some(({ name }) => name === column))
  return (object: SchemaObject) => {
    if (object.kind === 'partition') return isThere(object.parent)
    if (object.kind === 'privilege' && object.column !== null) return hasColumn(object.on, object.column)
    if (object.kind === 'sequence') return object.ownedBy === null || isThere(object.ownedBy.table)
    return !('table' in object) || object.table === null || isThere(object.table)
  }
}

test('order inside keys and indexes counts', () => {
  const made = (...order: readonly string[]) =>
    defineSchema([
      table('user', { a: integer(), b: integer() }, () => [index('ix').on(...order), unique('uq').on(...order)]),
    ])
  expect(sameSchema(made('a', 'b'), made('b', 'a'))).toBe(false)
  expect(diff(made('a', 'b'), made('b', 'a')).map((op) => op.kind)).toEqual([
    'dropIndex',
    'dropConstraint',
    'createUniqueConstraint',
    'createIndex',
  ])
})

test('law 2: the differences lead from one schema to the other', () => {
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      expect(sortedSchema(applyAll(before, diff(before, after)))).toEqual(sortedSchema(after))
    }),
    { numRuns: 200 },
  )
})

test('the differences come in an order that an engine takes, and so does the way back', () => {
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const ops = diff(before, after)
      runStrictly(before, ops)
      const back = invertAll(ops, before)
      if (isIrreversible(back)) throw new Error(back.irreversible)
      expect(sortedSchema(runStrictly(after, back))).toEqual(sortedSchema(before))
    }),
    { numRuns: 200 },
  )
})

describe('the order', () => {
  const between = (before: Schema, after: Schema) => diff(before, after).map((op) => definitionOf(op).describe(op))
  const team = (key: string) => table('team', { id: integer() }, (t) => [primaryKey([t.id], key)])
  const user = table('user', { id: integer(), team: integer() }, () => [
    foreignKey(['team'], 'team', ['id'], { name: 'fk' }),
  ])

  test('a foreign key steps aside while the key that it stands on is made anew', () => {
    expect(between(defineSchema([team('old'), user]), defineSchema([team('new'), user]))).toEqual([
      'drop constraint "fk" of table "user"',
      'drop constraint "old" of table "team"',
      'create primary key (id) on table "team"',
      'create foreign key (team) of table "user" to "team"',
    ])
  })

  test('a new table waits with its foreign key for a column that is only coming', () => {
    const before = table('team', { name: text() })
    const after = table('team', { name: text(), id: integer().unique('uq') })
    expect(between(defineSchema([before]), defineSchema([after, user]))).toEqual([
      'create table "user"',
      'add column "id" to table "team"',
      'create unique constraint (id) on table "team"',
      'create foreign key (team) of table "user" to "team"',
    ])
  })

  test('tables that refer to each other are made first and joined afterwards', () => {
    const hen = table('hen', { id: integer().primaryKey(), egg: integer() }, () => [foreignKey(['egg'], 'egg', ['id'])])
    const egg = table('egg', { id: integer().primaryKey(), hen: integer() }, () => [foreignKey(['hen'], 'hen', ['id'])])
    const both = defineSchema([hen, egg])
    expect(between(defineSchema([]), both)).toEqual([
      'create table "egg"',
      'create table "hen"',
      'create foreign key (hen) of table "egg" to "hen"',
    ])
    expect(between(both, defineSchema([]))).toEqual([
      'drop constraint "fk_egg_hen_hen" of table "egg"',
      'drop table "hen"',
      'drop table "egg"',
    ])
  })

  test('a table that goes gives the names of its indexes free before they are taken', () => {
    const indexed = (name: string) => defineSchema([table(name, { id: integer() }, (t) => [index('ix').on(t.id)])])
    expect(between(indexed('old'), indexed('new'))).toEqual(['drop table "old"', 'create table "new"'])
  })

  test('a computed column comes after what it is computed from, and goes before it', () => {
    const plain = defineSchema([table('user', { id: integer() })])
    const computed = defineSchema([
      table('user', { id: integer(), total: integer().generated(sql`price * 2`), price: integer() }),
    ])
    expect(between(plain, computed)).toEqual([
      'add column "price" to table "user"',
      'add column "total" to table "user"',
    ])
    expect(between(computed, plain)).toEqual([
      'drop column "total" of table "user"',
      'drop column "price" of table "user"',
    ])
  })

  test('a unique constraint under another name is dropped before it is made', () => {
    const named = (name: string) => defineSchema([table('user', { id: integer() }, (t) => [unique(name).on(t.id)])])
    expect(between(named('old'), named('new'))).toEqual([
      'drop constraint "old" of table "user"',
      'create unique constraint (id) on table "user"',
    ])
  })
})

test('a dot in a name is no namespace', () => {
  const dotted = table('app.user', { id: integer() })
  const placed = table('user', { id: integer() }, null, { namespace: 'app' })
  expect(defineSchema([dotted, placed]).tables).toHaveLength(2)
})

describe('what one engine alone knows of a table', () => {
  const made = (options: Parameters<typeof table>[3]) => defineSchema([table('t', { id: integer() }, null, options)])

  test('is changed where the model says it', () => {
    const said = made({ postgres: { unlogged: true }, mysql: { collation: 'utf8mb4_bin' }, sqlite: { strict: true } })
    expect(diff(made({}), said)).toMatchObject([
      {
        kind: 'alterTable',
        set: {
          postgres: { unlogged: true },
          mysql: { charset: null, collation: 'utf8mb4_bin' },
          sqlite: { strict: true },
        },
      },
    ])
    expect(diff(said, said)).toEqual([])
  })

  test('is left as it is where the model does not say it', () => {
    const there = made({ mysql: { engine: 'Aria' }, sqlite: { strict: true } })
    expect(diff(withoutUnsaid(there, made({})), made({}))).toEqual([])
  })
})
