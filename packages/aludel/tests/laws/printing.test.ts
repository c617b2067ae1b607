// Law 5: an operation that is printed reads back as the same operation, whatever its names and texts are.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toExecuteSql } from '../../src/ops/execute-sql.ts'
import type { Op } from '../../src/ops/operations.ts'
import { readHeader, readMessage } from '../../src/project/header.ts'
import { parseHeader } from '../../src/project/parse-header.ts'
import { revisionText } from '../../src/project/revision-file.ts'
import { canonicalJson } from '../../src/schema/canonical.ts'
import { integer } from '../../src/schema/column.ts'
import { check, foreignKey, primaryKey, unique } from '../../src/schema/constraints.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import { opKinds } from '../arbitraries/pure/op.ts'
import { printableOps } from '../arbitraries/pure/printable.ts'
import { draft, readBack, recordText } from './reading.ts'

test('law 5: a printed operation, read back, is the operation', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(printableOps, (ops) => {
      for (const op of ops) seen.add(op.kind)
      const read = readBack(ops)
      for (const [at, op] of ops.entries()) {
        if (canonicalJson(read[at]) !== canonicalJson(op)) expect(read[at]).toEqual(op)
      }
      expect(read).toHaveLength(ops.length)
    }),
    { numRuns: 60 },
  )
  // Code alone cannot be printed.
  expect(seen.size).toBe(opKinds().length - 1)
})

test('SQL of several lines stays as it is, and is read as it is', () => {
  const text = "UPDATE user\n  SET note = 'a\n\n`b`'\nWHERE id > 1"
  const op: Op = {
    kind: 'execute',
    sql: toExecuteSql(text),
    effects: null,
    touches: null,
    undo: null,
    transactional: true,
  }
  expect(revisionText({ ...draft, upgrade: [op] }, defaultNaming)).toContain(
    "export function upgrade(op: Operations) {\n  op.execute(sql`UPDATE user\n  SET note = 'a\n\n\\`b\\`'\nWHERE id > 1`)\n}",
  )
  expect(readBack([{ kind: 'autocommit', ops: [op] }])).toEqual([{ kind: 'autocommit', ops: [op] }])
})

test('columns keep their order, also where JavaScript would put their names first', () => {
  const columns = { b: integer(), ten: integer('10'), a: integer('1').primaryKey() }
  const made = table('user', columns, () => [unique('uq').on('10', '1')]).model(defaultNaming)
  const [read] = readBack([{ kind: 'createTable', table: made, ifNotExists: false }])
  expect(read).toEqual({ kind: 'createTable', table: made, ifNotExists: false })
})

test('the parts of a type keep their order, too', () => {
  const attributes = ['b', '10', '1', '__proto__'].map((name) => ({
    name,
    type: integer().spec.column.type,
    collation: null,
  }))
  const type = { kind: 'compositeType' as const, namespace: null, name: 'place', attributes }
  expect(readBack([{ kind: 'createCompositeType', type }])).toEqual([{ kind: 'createCompositeType', type }])
})

test('a key or check without a name takes one from the convention when it is read back', () => {
  const made = table('user', { id: integer() }, () => [
    primaryKey(['id'], 'x'),
    unique('x').on('id'),
    foreignKey(['id'], 'user', ['id'], { name: 'y' }),
    check('z', sql`id > 0`, { final: true }),
  ]).model(defaultNaming)
  const unnamed = <T extends object>(part: T) => ({ ...part, name: null })
  const [op] = readBack([
    {
      kind: 'createTable',
      ifNotExists: false,
      table: {
        ...made,
        primaryKey: made.primaryKey === null ? null : unnamed(made.primaryKey),
        uniques: made.uniques.map(unnamed),
        foreignKeys: made.foreignKeys.map(unnamed),
        checks: made.checks.map(unnamed),
      },
    },
  ])
  const read = op?.kind === 'createTable' ? op.table : made
  const names = [read.primaryKey, ...read.uniques, ...read.foreignKeys, ...read.checks].map((part) => part?.name)
  expect(names).toEqual(['pk_user', 'uq_user_id', 'fk_user_id_user', expect.stringMatching(/^ck_user_[0-9a-f]{8}$/)])
})

test('what a remark says stays a comment', () => {
  const remarks = ['Write it by hand: table "a\nb" is not known.']
  expect(recordText(revisionText({ ...draft, remarks }, defaultNaming))).toEqual([])
})

test('the header of a written revision is read back, whatever its body says', () => {
  const ids = fc.array(fc.stringMatching(/^[A-Za-z0-9_.]{1,20}$/), { maxLength: 3 })
  const headers = fc.record({ downRevisions: ids, dependsOn: ids, branchLabels: ids })
  fc.assert(
    fc.property(headers, printableOps, (header, upgrade) => {
      const text = revisionText({ ...draft, ...header, upgrade }, defaultNaming)
      const { revision, createdAt, ...read } = readHeader(text) ?? parseHeader('revision.ts', text).fields
      const spelled = (list: readonly string[]) => (list.length < 2 ? (list[0] ?? null) : list)
      expect([revision, createdAt, readMessage(text)]).toEqual([draft.id, draft.createdAt, draft.message])
      expect(read).toEqual({
        downRevision: spelled(header.downRevisions),
        dependsOn: spelled(header.dependsOn),
        branchLabels: spelled(header.branchLabels),
      })
    }),
    { numRuns: 30 },
  )
})

test('a message is read back as its first paragraph on one line', () => {
  const words = fc.array(fc.constantFrom('Add', 'user', '*/', '//', "it's", '`x`', '$' + '{y}', 'é', '\n', '\n\n'), {
    minLength: 1,
  })
  fc.assert(
    fc.property(words, (given) => {
      const message = given.join(' ').trim()
      const [paragraph = ''] = message.split(/\n\s*\n/)
      const expected = paragraph
        .replaceAll('*/', '* /')
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
      expect(readMessage(revisionText({ ...draft, message }, defaultNaming))).toBe(
        expected === '' ? 'empty message' : expected,
      )
    }),
  )
})
