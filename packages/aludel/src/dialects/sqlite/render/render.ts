// Operations to SQLite's statements: ALTER where it can, one rebuild for neighbours on one table where it cannot.

import type { Statement, Value } from '../../../database/types.ts'
import { AludelError } from '../../../errors.ts'
import { executeTexts } from '../../../ops/execute-sql.ts'
import type { Op, OpKind } from '../../../ops/operations.ts'
import { findTable, sameName } from '../../../schema/lookup.ts'
import type { Schema, TableName } from '../../../schema/model.ts'
import type { Sql } from '../../../schema/sql.ts'
import { quote } from '../literal.ts'
import { isEnumValues, needsRebuild } from './needs.ts'
import { applied, createTrigger, createView, dropTrigger, dropView, refused, renameView } from './objects.ts'
import { rebuild } from './rebuild.ts'
import { noExclusions, refuseExtension, refuseNamespace } from './refusals.ts'
import { refuseUnknownNames, renamedIndexSql } from './rename.ts'
import { insertTexts } from './rows.ts'
import { columnSql, createIndexSql, createTableSql } from './table.ts'

interface Piece {
  readonly sql: string
  readonly parameters: readonly Value[]
}

export function render(ops: readonly Op[], before: Schema): readonly Statement[] {
  const statements: Statement[] = []
  let schema = before
  for (let at = 0; at < ops.length; ) {
    const group = groupAt(ops, at)
    const [first] = group
    if (first === undefined) break
    const positions = group.map((_, offset) => at + offset)
    const transactional = first.kind !== 'execute' || first.transactional
    for (const { sql, parameters } of group.some(needsRebuild) ? rebuilt(group, schema) : renderOne(first, schema)) {
      statements.push({ sql, parameters, transactional, ops: positions, why: null })
    }
    schema = group.reduce(applied, schema)
    at += group.length
  }
  return statements
}

/** The operations from a position on that share one rebuild; one alone where none is needed. */
function groupAt(ops: readonly Op[], at: number): readonly Op[] {
  const first = ops[at]
  if (first === undefined) return []
  if (!canJoin(first)) return [first]
  const table = targets(first)
  let end = at + 1
  while (end < ops.length) {
    const next = ops[end]
    if (
      next === undefined ||
      !canJoin(next) ||
      !targets(next).every((one) => table.some((other) => sameName(one, other)))
    )
      break
    end += 1
  }
  const group = ops.slice(at, end)
  if (!group.some(needsRebuild)) return [first]
  return group
}

/** What a rebuild does by the way, beside what needs it. */
const joining: readonly OpKind[] = ['addColumn', 'createIndex', 'dropIndex', 'renameIndex']

function canJoin(op: Op): boolean {
  if (op.kind === 'addColumn' && op.ifNotExists) return false
  return needsRebuild(op) || joining.includes(op.kind)
}

function targets(op: Op): readonly TableName[] {
  if (isEnumValues(op)) return op.columns.map(({ table }) => table)
  return 'table' in op ? [op.table] : []
}

function rebuilt(group: readonly Op[], schema: Schema): readonly Piece[] {
  refuseUnknownNames(group, schema)
  const tables = [...new Map(group.flatMap(targets).map((table) => [table.name, table])).values()]
  return tables.flatMap((table) => {
    if (findTable(schema, table) === null) {
      throw new AludelError('unknown-table', `There is no table "${table.name}" to change.`)
    }
    return rebuild(group, table, schema).map(plain)
  })
}

const plain = (sql: string): Piece => ({ sql, parameters: [] })

type Renderers = { readonly [K in OpKind]: (op: Op<K>, before: Schema) => readonly Piece[] }

const byRebuild = () => []
const notHere = (op: Op) => refused(op).map(plain)

function inOneNamespace(object: TableName, texts: readonly string[]): readonly Piece[] {
  refuseNamespace(object)
  return texts.map(plain)
}

const renderers: Renderers = {
  createTable: (op, before) => {
    refuseNamespace(op.table)
    if (op.ifNotExists && findTable(before, op.table) !== null) return []
    return [
      plain(createTableSql(op.table, { as: op.table.name, ifNotExists: op.ifNotExists })),
      ...op.table.indexes.map((index) => plain(createIndexSql(op.table.name, index, op.ifNotExists))),
      ...(op.table.sqlite?.triggers ?? []).map(plain),
    ]
  },
  dropTable: (op) => [plain(`DROP TABLE ${op.ifExists ? 'IF EXISTS ' : ''}${quote(op.table.name)}`)],
  renameTable: (op) => [plain(`ALTER TABLE ${quote(op.table.name)} RENAME TO ${quote(op.name)}`)],
  moveTable: (op) => refuseNamespace({ namespace: op.namespace ?? op.table.namespace, name: op.table.name }),
  // What is SQLite's own is done by a rebuild; there is nothing else to do.
  alterTable: () => [],
  createTableComment: () => [],
  addColumn: (op, before) => {
    const there = findTable(before, op.table)?.columns.some((column) => column.name === op.column.name)
    if (op.ifNotExists && there) return []
    return [
      plain(
        `ALTER TABLE ${quote(op.table.name)} ADD COLUMN ${columnSql(op.column, { name: op.table.name, primaryKey: null, sqlite: null }, null)}`,
      ),
    ]
  },
  alterColumn: byRebuild,
  dropColumn: byRebuild,
  renameColumn: (op) => [
    plain(`ALTER TABLE ${quote(op.table.name)} RENAME COLUMN ${quote(op.column)} TO ${quote(op.name)}`),
  ],
  createIndex: (op) => [plain(createIndexSql(op.table.name, op.index, op.ifNotExists))],
  dropIndex: (op) => [plain(`DROP INDEX ${op.ifExists ? 'IF EXISTS ' : ''}${quote(op.name)}`)],
  renameIndex: (op, before) => renamedIndexSql(op, before).map(plain),
  createPrimaryKey: byRebuild,
  createUniqueConstraint: byRebuild,
  createForeignKey: byRebuild,
  createCheckConstraint: byRebuild,
  createExcludeConstraint: (op) => {
    throw noExclusions(op.exclusion.name, op.table)
  },
  dropConstraint: byRebuild,
  renameConstraint: byRebuild,
  alterConstraint: byRebuild,
  // A table that is made anew holds its rows to every constraint: none is left to be validated.
  validateConstraint: () => [],
  createEnum: () => [],
  dropEnum: () => [],
  setEnumValues: byRebuild,
  addEnumValue: byRebuild,
  renameEnumValue: byRebuild,
  createDomain: notHere,
  alterDomain: notHere,
  renameDomain: notHere,
  dropDomain: notHere,
  enableRowSecurity: notHere,
  disableRowSecurity: notHere,
  createPolicy: notHere,
  alterPolicy: notHere,
  renamePolicy: notHere,
  dropPolicy: notHere,
  createPartition: notHere,
  attachPartition: notHere,
  detachPartition: notHere,
  grant: notHere,
  revoke: notHere,
  createNamespace: (op) => refuseNamespace({ namespace: op.name, name: op.name }),
  dropNamespace: (op) => refuseNamespace({ namespace: op.name, name: op.name }),
  createView: (op) => inOneNamespace(op.view, createView(op)),
  dropView: (op) => inOneNamespace(op.view, dropView(op)),
  renameView: (op, before) => inOneNamespace(op.view, renameView(op, before)),
  createMaterializedView: notHere,
  dropMaterializedView: notHere,
  refreshMaterializedView: notHere,
  createSequence: notHere,
  alterSequence: notHere,
  renameSequence: notHere,
  dropSequence: notHere,
  createFunction: notHere,
  dropFunction: notHere,
  createTrigger: (op) => inOneNamespace(op.trigger.table, createTrigger(op)),
  dropTrigger: (op) => inOneNamespace(op.table, dropTrigger(op)),
  createCompositeType: notHere,
  alterCompositeType: notHere,
  dropCompositeType: notHere,
  createObject: notHere,
  dropObject: notHere,
  comment: notHere,
  createExtension: (op) => refuseExtension(op.extension.name),
  dropExtension: (op) => refuseExtension(op.name),
  bulkInsert: (op) => insertTexts(op).map(plain),
  execute: (op) => {
    const texts = executeTexts(op.sql, 'sqlite')
    if (texts === null) {
      throw new AludelError('no-sql-for-engine', 'An `execute` has no SQL for SQLite.', {
        hint: "Add a `sqlite` key, or guard the call with `if (op.dialect === 'sqlite')`.",
      })
    }
    return texts.map(bound)
  },
  insertFile: byRebuild,
  run: byRebuild,
  autocommit: byRebuild,
  setAside: byRebuild,
  putBack: byRebuild,
}

function renderOne<K extends OpKind>(op: Op<K>, before: Schema): readonly Piece[] {
  return renderers[op.kind as K](op, before)
}

function bound(fragment: Sql): Piece {
  const parameters: Value[] = []
  const sql = fragment.parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('name' in part) return part.name.map(quote).join('.')
      parameters.push(part.value)
      return '?'
    })
    .join('')
  return { sql, parameters }
}
