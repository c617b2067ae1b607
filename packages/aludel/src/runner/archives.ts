// Operations that keep what they take away, and those that put it back, as the simpler ones that they are made of.

import type { Dialect } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import { archiveOf, placeOf, placeTitle } from '../ops/archives.ts'
import { type ObjectRef, tableRef } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { now, string, timestamptz } from '../schema/column.ts'
import { findTable, sameName } from '../schema/lookup.ts'
import type { Column, Schema, Table, TableName } from '../schema/model.ts'
import { defaultNaming } from '../schema/naming.ts'
import { findObject } from '../schema/objects.ts'
import { rawSql } from '../schema/sql.ts'
import { table } from '../schema/table.ts'
import type { Session } from './session.ts'

export type ArchiveOp = Op<'setAside' | 'putBack'>

/** Operations that are rendered one list after the other, each from what the one before has left. */
export type Parts = readonly (readonly Op[])[]

interface PartsRequest {
  readonly op: ArchiveOp
  /** The revision that the step belongs to. */
  readonly revision: string
  /** The table, and the archive where there is one already. */
  readonly before: Schema
  readonly dialect: Dialect
  readonly log: (message: string) => void
}

/** The table that tells which archive holds what, in the usual namespace. */
export const archivesTable: Table = table('aludel_archive', {
  name: string(63).primaryKey(),
  namespace: string(63),
  revision: string(255).notNull(),
  table_name: string(255).notNull(),
  column_name: string(255),
  at: timestamptz().notNull().default(now()),
}).model(defaultNaming)

/** What must be known of the database before the parts can be told. */
function archiveReads({ op, archive }: ArchiveOp): readonly ObjectRef[] {
  return [tableRef(placeOf(op).table), tableRef(archiveOf(op, archive))]
}

/** The parts from what a live database holds now. */
export async function readParts(
  { db, dialect }: Session,
  request: Omit<PartsRequest, 'before' | 'dialect'>,
): Promise<Parts> {
  const before = await dialect.introspect(db, { objects: archiveReads(request.op) })
  return partsOf({ ...request, before, dialect })
}

export function partsOf(request: PartsRequest): Parts {
  return request.op.kind === 'setAside' ? partsAside(request, request.op) : partsBack(request, request.op)
}

function partsAside({ revision, before, dialect }: PartsRequest, { op, archive: name }: Op<'setAside'>): Parts {
  const from = findTable(before, op.table)
  const archive = archiveOf(op, name)
  if (findTable(before, archive) !== null) throw keptAlready(op, name)
  const { copy, forget, note } = dialect.archives
  const registered = [
    { kind: 'createTable' as const, table: archivesTable, ifNotExists: true },
    plain([registration(op, archive, revision, dialect)]),
  ]
  // What is not there is left to the operation itself: to pass over, or to be refused by the engine.
  if (from === null) return [[op]]
  if (op.kind === 'dropTable') {
    const columns = from.columns.filter(isStored)
    if (columns.length === 0) return [[op]]
    const all = plain(copy(from, columns, archive, { key: [], noted: false }), forget(archive))
    return [[...registered, all], [op]]
  }
  const column = from.columns.find((one) => one.name === op.column)
  if (column === undefined || !isStored(column)) return [[op]]
  const columns = [...keyOf(from, op), column]
  const options = { key: from.primaryKey?.columns ?? [], noted: op.kind === 'alterColumn' }
  const copied = plain(copy(from, columns, archive, options), forget(archive))
  if (op.kind === 'dropColumn') return [[...registered, copied], [op]]
  return [[...registered, copied], [op], [plain(note(from, op.column, archive))]]
}

function registration(
  op: Op<'setAside'>['op'],
  archive: TableName,
  revision: string,
  { quote, literal }: Dialect,
): string {
  const { table: place, column } = placeOf(op)
  const row = { ...archive, revision, table_name: place.name, column_name: column }
  const names = Object.keys(row).map(quote).join(', ')
  return `INSERT INTO ${quote(archivesTable.name)} (${names}) VALUES (${Object.values(row).map(literal).join(', ')})`
}

function partsBack(request: PartsRequest, { op, archive: name }: Op<'putBack'>): Parts {
  const { before, dialect, log } = request
  const archive = archiveOf(op, name)
  const kept = findTable(before, archive)
  if (kept === null && findObject(before, 'archive', archive) === null) {
    const how = op.kind === 'alterColumn' ? 'its values are converted back' : 'it comes back empty'
    log(`Nothing is kept of ${placeTitle(op)}, so ${how}.`)
    return [[op]]
  }
  const to = findTable(before, op.table)
  const gone = [plain(dialect.archives.forget(archive)), plain([unregistration(archive, dialect)])]
  if (op.kind === 'createTable') {
    if (to !== null && op.ifNotExists) return [[op]]
    return tableBack(request, op, kept, archive, gone)
  }
  const column = op.kind === 'addColumn' ? op.column : to?.columns.find((one) => one.name === op.column)
  if (to === null || column === undefined || !isKeyed(to, kept, column.name)) {
    log(`The key of the rows has changed, so ${placeTitle(op)} comes back without its values; "${name}" keeps them.`)
    return [[op]]
  }
  if (op.kind === 'alterColumn') {
    const was = { ...column, ...op.set }
    const { forgetChanged, values } = dialect.archives
    return [[plain(forgetChanged(to, op.column, archive))], [op], [plain(values(to, was, archive)), ...gone]]
  }
  return columnBack(op, [plain(dialect.archives.values(to, op.column, archive))], gone)
}

function tableBack(
  { dialect, log }: PartsRequest,
  op: Op<'createTable'>,
  kept: Table | null,
  archive: TableName,
  gone: readonly Op[],
): Parts {
  const columns = op.table.columns.filter(isStored).filter(({ name }) => kept === null || hasColumn(kept, name))
  const lost = kept?.columns.filter(({ name }) => !op.table.columns.some((column) => column.name === name)) ?? []
  // Where keys are looked up row by row, a row may come before the one of the same table that it refers to.
  const late = dialect.features.transactionalDdl
    ? []
    : op.table.foreignKeys.filter((key) => sameName(op.table, key.referent))
  const made = { ...op.table, foreignKeys: op.table.foreignKeys.filter((key) => !late.includes(key)) }
  const { namespace, name } = op.table
  const keys = late.map((foreignKey): Op => ({ kind: 'createForeignKey', table: { namespace, name }, foreignKey }))
  if (lost.length > 0) {
    log(
      `Table "${name}" comes back without ${lost.map((column) => `"${column.name}"`).join(', ')}; "${archive.name}" keeps it.`,
    )
  }
  return [
    [{ ...op, table: made }],
    [plain(dialect.archives.rows(op.table, columns, archive)), ...keys],
    lost.length > 0 ? [] : gone,
  ]
}

/** A column that its rows must fill can be made so only when they have their values. */
function columnBack(op: Op<'addColumn'>, filled: readonly Op[], gone: readonly Op[]): Parts {
  const { column, table: at } = op
  const open = { ...column, nullable: true, identity: null }
  const set = {
    ...(column.nullable ? {} : { nullable: false }),
    ...(column.identity === null ? {} : { identity: column.identity }),
  }
  const closed: readonly Op[] =
    Object.keys(set).length === 0 ? [] : [{ kind: 'alterColumn', table: at, column: column.name, set, using: null }]
  return [[{ ...op, column: open }], filled, closed, gone]
}

function isStored({ generated }: Column): boolean {
  return generated === null
}

function hasColumn({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name)
}

function isKeyed({ primaryKey }: Table, kept: Table | null, column: string): boolean {
  if (primaryKey === null || primaryKey.columns.includes(column)) return false
  return kept === null || primaryKey.columns.every((name) => hasColumn(kept, name))
}

/** The columns by which the values of another one find back to their rows. */
function keyOf(from: Table, op: Op<'dropColumn' | 'alterColumn'>): readonly Column[] {
  const names = from.primaryKey?.columns ?? []
  if (names.length > 0 && !names.includes(op.column)) return from.columns.filter(({ name }) => names.includes(name))
  const why = names.length === 0 ? 'the table has no primary key' : 'it is a part of the primary key'
  throw new AludelError(
    'nothing-to-keep-by',
    `The values of ${placeTitle(op)} cannot be kept, because ${why}: they would not find back to their rows.`,
    { hint: 'Leave `keep` out, and copy what you need with op.execute(...).', details: { ...placeOf(op) } },
  )
}

function keptAlready(op: Op<'setAside'>['op'], archive: string): AludelError {
  return new AludelError(
    'kept-already',
    `What this revision once kept of ${placeTitle(op)} is still there, in table "${archive}".`,
    {
      hint: `Look at it with \`aludel archive list\`; when nobody needs it any more, \`aludel archive drop ${archive}\`.`,
      details: { archive, ...placeOf(op) },
    },
  )
}

export function unregistration({ name }: TableName, { quote, literal }: Dialect): string {
  return `DELETE FROM ${quote(archivesTable.name)} WHERE ${quote('name')} = ${literal(name)}`
}

function plain(texts: readonly string[], undo: readonly string[] | null = null): Op<'execute'> {
  return {
    kind: 'execute',
    sql: { all: texts.map(rawSql) },
    effects: [],
    touches: null,
    undo: undo === null ? null : { all: undo.map(rawSql) },
    transactional: true,
  }
}
