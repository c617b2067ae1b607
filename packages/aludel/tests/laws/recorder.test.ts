// What the recorder makes of the calls of a revision: data, in order, frozen; and what it refuses instead of guessing.

import { describe, expect, test } from 'vitest'
import { features as postgresFeatures } from '../../src/dialects/postgres/features.ts'
import { features } from '../../src/dialects/sqlite/features.ts'
import type { Op } from '../../src/ops/operations.ts'
import { record } from '../../src/ops/recorder.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { integer, string } from '../../src/schema/column.ts'
import { defaultNaming } from '../../src/schema/naming.ts'

const recorded = (work: (op: Operations) => unknown): readonly Op[] =>
  record({ dialect: 'sqlite', features, naming: defaultNaming, arguments: { tenant: 'x' } }, work)

const code = (work: (op: Operations) => unknown): unknown => {
  try {
    return recorded(work)
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

test('calls become operations in their order, and nobody can change them afterwards', () => {
  const columns = ['b', 'a']
  const ops = recorded((op) => {
    op.createUniqueConstraint('uq', 'user', columns)
    op.dropTable('team')
  })
  expect(ops.map((op) => op.kind)).toEqual(['createUniqueConstraint', 'dropTable'])
  expect(Object.isFrozen(ops[0])).toBe(true)
  expect(() => columns.push('c')).toThrow(TypeError)
})

test('a revision sees the engine, what it can do, and what -x gave', () => {
  recorded((op) => {
    expect([op.dialect, op.features.enumTypes, op.arguments.tenant]).toEqual(['sqlite', false, 'x'])
  })
})

test('a column brings its keys along as operations of their own', () => {
  const team = () => ({ table: { namespace: null, name: 'team' }, column: 'id' })
  const ops = recorded((op) => op.addColumn('user', 'team', integer().unique().references(team)))
  expect(ops.map((op) => op.kind)).toEqual(['addColumn', 'createUniqueConstraint', 'createForeignKey'])
})

test('another name in a change of a column is a rename after it', () => {
  const ops = recorded((op) => op.alterColumn('user', 'mail', { name: 'email', nullable: false }))
  expect(ops.map((op) => op.kind)).toEqual(['alterColumn', 'renameColumn'])
})

test('only what is given changes', () => {
  const [op] = recorded((op) => op.alterColumn('user', 'age', { default: null }))
  expect(op).toMatchObject({ set: { default: null } })
  expect(Object.keys(op?.kind === 'alterColumn' ? op.set : {})).toEqual(['default'])
})

describe('it refuses', () => {
  test('what the engine has not, and says what to do instead', () => {
    const calls: readonly ((op: Operations) => void)[] = [
      (op) => op.createMaterializedView('m', 'SELECT 1'),
      (op) => op.refreshMaterializedView('m'),
      (op) => op.dropMaterializedView('m'),
      (op) => op.createSequence('s'),
      (op) => op.alterSequence('s', { increment: 2 }),
      (op) => op.renameSequence('s', 't'),
      (op) => op.dropSequence('s', { ifExists: true }),
      (op) => op.createFunction('f', 'CREATE FUNCTION f ...'),
      (op) => op.dropFunction('f'),
      (op) => op.autocommit((inner) => inner.createSequence('s')),
    ]
    expect(calls.map(code)).toEqual(calls.map(() => 'unsupported-on-engine'))
    expect(() => recorded((op) => op.createSequence('s'))).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('identity()') }),
    )
  })

  test('a view, function or trigger that gives no text for the engine', () => {
    const elsewhere = { postgres: 'SELECT 1' }
    expect(code((op) => op.createView('v', elsewhere))).toBe('no-sql-for-engine')
    expect(code((op) => op.createTrigger('t', 'user', elsewhere))).toBe('no-sql-for-engine')
    expect(code((op) => op.createView('v', { ...elsewhere, sqlite: 'SELECT 1' }))).toHaveLength(1)
  })

  test('to wait', () => {
    expect(code(async () => undefined)).toBe('async-revision')
  })

  test('what a type says beside the type', () => {
    expect(code((op) => op.alterColumn('user', 'age', { type: string(20).notNull() }))).toBe('misplaced-option')
    expect(code((op) => op.alterColumn('user', 'age', { type: string(20).default('x') }))).toBe('misplaced-option')
    expect(code((op) => op.alterColumn('user', 'age', { type: string(20).unique() }))).toBe('misplaced-option')
  })

  test('an option that it does not know', () => {
    expect(code((op) => op.alterColumn('user', 'age', { serverDefault: 'x' } as never))).toBe('unknown-option')
  })

  test('what is no number in a sequence', () => {
    const onPostgres = (options: object): unknown => {
      try {
        return record({ dialect: 'postgres', features: postgresFeatures, naming: defaultNaming }, (op) =>
          op.createSequence('s', options),
        ).length
      } catch (error) {
        return (error as { code?: unknown }).code
      }
    }
    expect(onPostgres({ start: '1; DROP TABLE user' })).toBe('invalid-parameter')
    expect(onPostgres({ increment: 0.5 })).toBe('invalid-parameter')
    expect(onPostgres({ cycle: null })).toBe('invalid-parameter')
    expect(onPostgres({ begin: 5 })).toBe('unknown-option')
    expect(onPostgres({ start: 2n ** 60n, minValue: null })).toBe(1)
  })

  test('a table that contradicts itself', () => {
    expect(code((op) => op.createTable('user', { id: integer(), other: integer('id') }))).toBe('duplicate-column')
  })
})
