// Tables: made whole, with their keys, checks, indexes and comments.

import { exclusionsOf } from '../../../ops/exclusions.ts'
import type { Op } from '../../../ops/operations.ts'
import { sameData } from '../../../schema/canonical.ts'
import { plainPostgresTable } from '../../../schema/keys.ts'
import { enumsIn, findTable, sameName } from '../../../schema/lookup.ts'
import type { Check, ForeignKey, ReplicaIdentity, Table, TableName, Unique } from '../../../schema/model.ts'
import { literal, qualified, quote } from '../literal.ts'
import { columnComment, columnText } from './column.ts'
import { columnSettings, optionChanges } from './column-settings.ts'
import {
  addedText,
  checkText,
  foreignKeyText,
  primaryKeyText,
  settingName,
  settingsText,
  uniqueText,
} from './constraint.ts'
import { ensureEnums } from './enum.ts'
import { exclusionText } from './exclusion.ts'
import { indexText } from './index.ts'
import { partitionByText } from './partition.ts'
import { alter, type Context, type Piece, type StatementPiece, statement } from './piece.ts'

export function createTable(op: Op<'createTable'>, context: Context): readonly Piece[] {
  const { table, ifNotExists } = op
  const { can } = context
  const members = [
    ...table.columns.map((column) => columnText(table, column, can, context.before)),
    ...(table.primaryKey === null ? [] : [primaryKeyText(table.primaryKey)]),
    ...table.uniques.filter((unique) => !isSwallowed(unique, table)).map((unique) => uniqueText(unique, can)),
    ...table.checks.filter(isValid).map(checkText),
    ...table.foreignKeys.filter(isValid).map(foreignKeyText),
    ...exclusionsOf(table).map(exclusionText),
  ]
  const head = `CREATE${table.postgres?.unlogged === true ? ' UNLOGGED' : ''} TABLE ${ifNotExists ? 'IF NOT EXISTS ' : ''}`
  return [
    ...ensureEnums(enumsIn(table.columns), op, context),
    statement(
      `${head}${qualified(table)} (${members.length === 0 ? '' : `\n  ${members.join(',\n  ')}\n`})${tableEnding(table)}`,
    ),
    ...table.uniques
      .filter((unique) => isSwallowed(unique, table))
      .map((unique) => alter(table, `ADD ${uniqueText(unique, can)}`)),
    ...table.checks.filter((one) => !isValid(one)).map((one) => alter(table, addedText(checkText(one), one))),
    ...table.foreignKeys.filter((one) => !isValid(one)).map((one) => alter(table, addedText(foreignKeyText(one), one))),
    // The table is new and empty, so there is nobody whom an ordinary index could keep waiting.
    ...table.indexes.map((index) => statement(indexText({ table, index, ifNotExists, concurrently: false }, can))),
    ...comments(table),
    ...table.columns.flatMap((column) => columnSettings({ table, column, before: null, after: column.postgres, can })),
    ...replicaIdentity(table, table.postgres?.replicaIdentity ?? null),
  ]
}

/** CREATE TABLE takes no constraint for one that rows need not fulfil. */
function isValid({ postgres }: Check | ForeignKey): boolean {
  return !postgres?.notValid
}

function tableEnding({ postgres }: Table): string {
  if (postgres === null) return ''
  const { inherits, partitionBy, accessMethod, with: settings } = postgres
  const parents = inherits.length === 0 ? '' : ` INHERITS (${inherits.map(qualified).join(', ')})`
  const method = accessMethod === null ? '' : ` USING ${quote(accessMethod)}`
  return `${parents}${partitionByText(partitionBy)}${method}${settingsText(settings)}`
}

function replicaIdentity(table: TableName, identity: ReplicaIdentity | null): readonly Piece[] {
  if (identity === null) return []
  return [alter(table, `REPLICA IDENTITY ${replicaText(identity)}`)]
}

function replicaText(identity: ReplicaIdentity | null): string {
  if (identity === null) return 'DEFAULT'
  return typeof identity === 'string' ? identity.toUpperCase() : `USING INDEX ${quote(identity.index)}`
}

/** CREATE TABLE makes one key of two over the same columns, without a word. */
function isSwallowed(unique: Unique, { primaryKey, uniques }: Table): boolean {
  const earlier = uniques.slice(0, uniques.indexOf(unique)).map(({ columns }) => columns)
  return [...(primaryKey === null ? [] : [primaryKey.columns]), ...earlier].some((columns) =>
    sameData(columns, unique.columns),
  )
}

function comments(table: Table): readonly StatementPiece[] {
  return [
    ...(table.comment === null ? [] : [tableComment(table, table.comment)]),
    ...table.columns.flatMap(({ name, comment }) => (comment === null ? [] : [columnComment(table, name, comment)])),
  ]
}

function tableComment(table: TableName, comment: string | null): StatementPiece {
  return statement(`COMMENT ON TABLE ${qualified(table)} IS ${comment === null ? 'NULL' : literal(comment)}`)
}

export function createTableComment({ table, comment }: Op<'createTableComment'>): readonly Piece[] {
  return [tableComment(table, comment)]
}

export function dropTable({ table, ifExists }: Op<'dropTable'>): readonly Piece[] {
  return [statement(`DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${qualified(table)}`)]
}

export function renameTable({ table, name }: Op<'renameTable'>): readonly Piece[] {
  return [statement(`ALTER TABLE ${qualified(table)} RENAME TO ${quote(name)}`)]
}

export function moveTable({ table, namespace }: Op<'moveTable'>): readonly Piece[] {
  const move = `ALTER TABLE ${qualified(table)} SET SCHEMA`
  if (namespace !== null) return [statement(`${move} ${quote(namespace)}`)]
  const body = `BEGIN EXECUTE ${literal(`${move} `)} || quote_ident(current_schema()); END`
  const why = 'Only the server knows what the namespace without a name is called.'
  return [statement(`DO ${literal(body)}`, { why })]
}

export function alterTable({ table, set }: Op<'alterTable'>, { before }: Context): readonly Piece[] {
  const { unlogged, inherits, with: settings, accessMethod, replicaIdentity: identity } = set.postgres ?? {}
  const old = { ...plainPostgresTable, ...findTable(before, table)?.postgres }
  const isAmong = (list: readonly TableName[]) => (one: TableName) => list.some((other) => sameName(one, other))
  const changes = [
    ...(unlogged === undefined ? [] : [`SET ${unlogged ? 'UNLOGGED' : 'LOGGED'}`]),
    ...(inherits === undefined
      ? []
      : [
          ...old.inherits.filter((one) => !isAmong(inherits)(one)).map((one) => `NO INHERIT ${qualified(one)}`),
          ...inherits.filter((one) => !isAmong(old.inherits)(one)).map((one) => `INHERIT ${qualified(one)}`),
        ]),
    ...(settings === undefined ? [] : optionChanges(old.with, settings, settingName)),
    ...(accessMethod === undefined
      ? []
      : [`SET ACCESS METHOD ${accessMethod === null ? 'heap' : quote(accessMethod)}`]),
    ...(identity === undefined ? [] : [`REPLICA IDENTITY ${replicaText(identity)}`]),
  ]
  return changes.map((change) => statement(`ALTER TABLE ${qualified(table)} ${change}`))
}

export function createNamespace({ name, ifNotExists }: Op<'createNamespace'>): readonly Piece[] {
  return [statement(`CREATE SCHEMA ${ifNotExists ? 'IF NOT EXISTS ' : ''}${quote(name)}`)]
}

export function dropNamespace({ name, ifExists }: Op<'dropNamespace'>): readonly Piece[] {
  return [statement(`DROP SCHEMA ${ifExists ? 'IF EXISTS ' : ''}${quote(name)}`)]
}
