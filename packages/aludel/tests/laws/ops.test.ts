// What every operation promises: its inverse leads back, and it says what it touches.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isIrreversible } from '../../src/ops/definition.ts'
import type { Op, OpKind } from '../../src/ops/operations.ts'
import { applyAll, applyOp, definitionOf, definitions, invertAll, invertOp } from '../../src/ops/registry.ts'
import { integer, text } from '../../src/schema/column.ts'
import { check, foreignKey, index } from '../../src/schema/constraints.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { findTable } from '../../src/schema/lookup.ts'
import { emptySchema, type Schema, type Unique } from '../../src/schema/model.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { name, sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import { draws } from '../arbitraries/pure/draw.ts'
import { withObjects } from '../arbitraries/pure/objects.ts'
import { makeOp, opKinds } from '../arbitraries/pure/op.ts'
import { makeSchema } from '../arbitraries/pure/schema.ts'

const createTable: Op = {
  kind: 'createTable',
  table: table('user', { id: integer() }).model(defaultNaming),
  ifNotExists: false,
}

describe('law 3: what undoes an operation leads back to where it was', () => {
  const irreversible = (kind: OpKind) =>
    kind === 'run' || kind === 'execute' || kind === 'bulkInsert' || kind === 'insertFile'

  test('every kind of operation is tried', () => {
    expect([...opKinds()].sort()).toEqual(Object.keys(definitions).sort())
  })

  test.each(opKinds())('%s', (kind) => {
    let undone = 0
    let refused = 0
    const given = draws.map((draw) => {
      const schema = withObjects(draw, makeSchema(draw))
      return { schema, op: makeOp(draw, schema, kind) }
    })
    fc.assert(
      fc.property(given, ({ schema, op }) => {
        if (op === null) return
        const back = invertOp(op, schema)
        if (isIrreversible(back)) {
          expect(irreversible(kind), back.irreversible).toBe(true)
          refused += 1
          return
        }
        undone += 1
        expect(sortedSchema(applyAll(applyOp(schema, op), back))).toEqual(sortedSchema(schema))
      }),
    )
    expect(kind === 'run' || kind === 'insertFile' ? refused : undone).toBeGreaterThan(4)
  })
})

describe('an operation that holds others', () => {
  const holding = ['execute', 'run', 'autocommit', 'setAside', 'putBack'] as const
  const heldBy = (op: Op<(typeof holding)[number]>): readonly Op[] => {
    if ('op' in op) return [op.op]
    return 'ops' in op ? op.ops : (op.effects ?? [])
  }

  test.each(holding)('leaves what they leave: %s', (kind) => {
    const given = draws.map((draw) => {
      const schema = withObjects(draw, makeSchema(draw))
      return { schema, op: makeOp(draw, schema, kind) as Op<typeof kind> | null }
    })
    const withoutArchives = (schema: Schema) =>
      sortedSchema({ ...schema, objects: schema.objects.filter((object) => object.kind !== 'archive') })
    fc.assert(
      fc.property(given, ({ schema, op }) => {
        if (op === null) return
        expect(withoutArchives(applyOp(schema, op))).toEqual(withoutArchives(applyAll(schema, heldBy(op))))
      }),
    )
  })

  test('keeps what is said of a table that it drops and makes again, and says it once on the way back', () => {
    const place = { namespace: null, name: 'user' }
    const on = { kind: 'table', ...place, arguments: null } as const
    const grant: Op = {
      kind: 'grant',
      privileges: [{ privilege: 'SELECT', columns: [] }],
      on,
      to: ['app'],
      withGrantOption: false,
    }
    const ops: readonly Op[] = [{ kind: 'dropTable', table: place, ifExists: false }, createTable, grant]
    const before = applyAll(emptySchema, [createTable, grant])
    const again: Op = { kind: 'autocommit', ops }
    expect(applyOp(before, again)).toEqual(before)
    const dropped: Op = { kind: 'autocommit', ops: ops.slice(0, 1) }
    expect(invertOp(dropped, before)).toEqual([{ kind: 'autocommit', ops: invertAll(dropped.ops, before) }])
  })
})

describe('what an operation touches', () => {
  const effects: readonly Op[] = [
    { kind: 'createNamespace', name: 'app', ifNotExists: false },
    { kind: 'dropTable', table: { namespace: null, name: 'user' }, ifExists: false },
  ]
  const given = { effects, touches: null, transactional: true, undo: null, sql: { all: [sql`SELECT remove_users()`] } }

  test('SQL and code with declared effects touch what those touch', () => {
    const ops: readonly Op[] = [
      { kind: 'execute', ...given },
      { kind: 'run', run: () => undefined, ...given },
      { kind: 'autocommit', ops: effects },
    ]
    for (const op of ops) {
      const touched = definitionOf(op).touches(op)
      expect(touched === 'unknown' ? touched : touched.removes.map((ref) => ref.name)).toEqual(['user'])
    }
  })

  test('what an operation makes, a later one of the same group need not find', () => {
    const table = { namespace: null, name: 'user' }
    const made: Op = { kind: 'autocommit', ops: [createTable, { kind: 'renameTable', table, name: 'person' }] }
    expect(definitionOf(made).touches(made)).toMatchObject({ requires: [] })
  })

  test('SQL that is neither declared nor a change of rows touches what nobody knows', () => {
    const op: Op = { kind: 'execute', ...given, effects: null, sql: { all: [sql`DROP TABLE user`] } }
    expect(definitionOf(op).touches(op)).toBe('unknown')
  })
})

test('the inverse of SQL has the inverse effects', () => {
  const [back] = invertAll(
    [
      {
        kind: 'execute',
        sql: { all: [] },
        undo: { all: [] },
        effects: [createTable],
        touches: null,
        transactional: true,
      },
    ],
    emptySchema,
  ) as readonly Op[]
  expect(back).toMatchObject({ kind: 'execute', effects: [{ kind: 'dropTable', table: { name: 'user' } }] })
})

describe('a constraint without a name', () => {
  const at = { namespace: null, name: 'user' }
  const unique = (name: string | null): Unique => ({ name, columns: ['id'], deferrable: null, postgres: null })
  const namesAfter = (op: Op, before: Schema) => findTable(applyOp(before, op), at)?.uniques.map((one) => one.name)

  test('is told by its shape, also beside one that has a name', () => {
    const both: Op[] = [unique('uq'), unique(null)].map((one) => ({
      kind: 'createUniqueConstraint',
      table: at,
      unique: one,
    }))
    const before = applyAll(emptySchema, [createTable, ...both])
    const shape = {
      kind: 'dropConstraint',
      table: at,
      constraint: { unique: ['id'] },
      type: null,
      ifExists: false,
    } as const
    expect(namesAfter(shape, before)).toEqual(['uq'])
    expect(namesAfter(shape, applyOp(before, shape))).toEqual([])
  })

  test('is told by its whole text where it is a check', () => {
    const check = { name: null, condition: sql`${name('id')} > ${0} AND ${name('id')} <> ${"it's"}`, postgres: null }
    const before = applyAll(emptySchema, [createTable, { kind: 'createCheckConstraint', table: at, check }])
    const constraint = { check: `"id" > 0 AND "id" <> 'it''s'` }
    const after = applyOp(before, { kind: 'dropConstraint', table: at, constraint, type: null, ifExists: false })
    expect(findTable(after, at)?.checks).toEqual([])
  })
})

test('a renamed column is followed by everything that names it', () => {
  const followed = table('user', { old: integer().primaryKey(), lower: text() }, () => [
    check('positive', sql`${name('old')} > 0 AND old < 9 AND "old" <> 'old'`, { final: true }),
    index('ix')
      .on('old', sql`lower(old)`)
      .where(sql`OLD > 1`)
      .with({
        postgres: { include: ['old'], operatorClasses: { old: 'int4_ops' } },
        mysql: { length: { old: 10 } },
      }),
    foreignKey(['old'], 'user', ['old'], { name: 'self' }),
  ])
  const renamed = (column: string, to: string) =>
    applyOp(defineSchema([followed]), {
      kind: 'renameColumn',
      table: { namespace: null, name: 'user' },
      column,
      name: to,
    })
  const text_ = JSON.stringify(renamed('old', 'fresh'))
  expect(text_.match(/old/gi)).toEqual(['old'])
  // The one that is left is a string, not a name; and a function is not a column of the same name.
  expect(text_).toContain("'old'")
  expect(JSON.stringify(renamed('lower', 'higher'))).toContain('lower(old)')
})

test('what a grant of everything is undone by leaves what had been granted before', () => {
  const on = { kind: 'table', namespace: null, name: 'user', arguments: null } as const
  const grant = (privilege: string): Op => {
    return { kind: 'grant', privileges: [{ privilege, columns: [] }], on, to: ['reader'], withGrantOption: false }
  }
  const before = applyOp(emptySchema, grant('SELECT'))
  const back = invertOp(grant('ALL'), before)
  expect(isIrreversible(back) ? null : sortedSchema(applyAll(applyOp(before, grant('ALL')), back))).toEqual(
    sortedSchema(before),
  )
})
