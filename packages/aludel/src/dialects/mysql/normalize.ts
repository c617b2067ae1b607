// A schema as this engine would report it: what it cannot hold is gone, what it spells otherwise is in its spelling.

import { withExpressions } from '../../ops/parts.ts'
import { sameData } from '../../schema/canonical.ts'
import type { Column, ColumnType, ForeignKey, Index, PrimaryKey, Schema, Table, Unique } from '../../schema/model.ts'
import {
  type MysqlIndex,
  type MysqlKey,
  type MysqlTable,
  plainMysqlIndex,
  plainMysqlKey,
  plainMysqlTable,
} from '../../schema/mysql-model.ts'
import { withUsualNulls } from '../../schema/nulls.ts'
import { rawSql, type Sql } from '../../schema/sql.ts'
import { normalDefault } from './defaults.ts'
import type { Abilities } from './features.ts'
import { normalObject } from './normal-objects.ts'
import { expressionText } from './render/columns.ts'
import { uniqueName } from './render/indexes.ts'
import { foreignKeyName, isKeyed } from './render/keys.ts'
import { charsetOf } from './render/settings.ts'
import { canonicalType, parseType, renderType } from './types.ts'

export function normalizeWith(abilities: Abilities): (schema: Schema) => Schema {
  return (schema) => ({
    tables: schema.tables.map((table) => normalTable(withExpressions(table, text), abilities)),
    enums: [],
    namespaces: [],
    objects: schema.objects.flatMap((object) => normalObject(object, abilities)),
    catalogue: null,
  })
}

function normalTable(table: Table, abilities: Abilities): Table {
  return {
    ...table,
    columns: table.columns.map((column) => normalColumn(column, table, abilities)),
    primaryKey: normalPrimaryKey(table.primaryKey),
    uniques: [
      ...table.uniques.map((unique) => ({ ...unique, name: uniqueName(table, unique), postgres: null })),
      ...table.indexes.flatMap((index) => uniqueIn(index) ?? []),
    ],
    foreignKeys: table.foreignKeys.map((key) => normalForeignKey(table, key)),
    checks: table.checks.map((check) => ({ ...check, postgres: null })),
    indexes: table.indexes.filter((index) => uniqueIn(index) === null).map(normalIndex),
    comment: commentText(table.comment, abilities),
    postgres: null,
    mysql: normalOptions(table.mysql, abilities),
    sqlite: null,
  }
}

const text = (fragment: Sql): Sql => rawSql(expressionText(fragment).trim())

function normalColumn(column: Column, table: Table, abilities: Abilities): Column {
  const { type, collation } = normalType(column, abilities)
  const isGenerated = column.generated !== null
  const required = table.primaryKey?.columns.includes(column.name) || column.identity !== null
  const typed = { ...column, type }
  return {
    ...typed,
    nullable: isGenerated && !abilities.generatedNotNull ? true : column.nullable && !required,
    default: isGenerated ? null : normalDefault(column.default, typed, (given) => expressionText(given.sql), abilities),
    identity: column.identity !== null && isKeyed(table, column.name) ? { always: false, numbers: null } : null,
    collation: normalCollation(collation, table, abilities),
    postgres: null,
    comment: commentText(column.comment, abilities),
  }
}

/** The type as it reads back; a raw one may name its collation in its text. */
function normalType(
  { type, collation }: Column,
  abilities: Abilities,
): { readonly type: ColumnType; readonly collation: string | null } {
  const rendered = renderType(type, abilities)
  const parsed = parseType(rendered)
  if (parsed.kind !== 'raw') return { type: parsed, collation }
  const [, named] = / collate (\w+)/.exec(canonicalType(rendered)) ?? []
  if (named === undefined) return { type: parsed, collation }
  const bare = canonicalType(rendered)
    .replace(/ character set \w+/, '')
    .replace(/ collate \w+/, '')
  return { type: parseType(bare), collation: named }
}

function normalCollation(collation: string | null, { mysql }: Table, { defaultCollation }: Abilities): string | null {
  const ofTable = mysql?.collation ?? (mysql?.charset == null || mysql.charset === 'utf8mb4' ? defaultCollation : null)
  return collation?.toLowerCase() === ofTable ? null : (collation?.toLowerCase() ?? null)
}

function commentText(comment: string | null, { fullUnicodeCatalogue }: Abilities): string | null {
  if (comment === null || comment === '') return null
  return fullUnicodeCatalogue ? comment : comment.replace(/[\u{10000}-\u{10ffff}]/gu, '?')
}

/** A unique index of plain columns is a unique constraint: the catalogue holds no difference. */
function uniqueIn(index: Index): Unique | null {
  const columns = index.parts.flatMap((part) => ('column' in part.of && !part.descending ? [part.of.column] : []))
  const isPlain = index.unique && index.where === null && columns.length === index.parts.length
  if (!isPlain || normalIndexOptions(index) !== null) return null
  return { name: index.name, columns, deferrable: null, postgres: null }
}

function normalIndex(index: Index): Index {
  const parts = index.parts.map((part) => withUsualNulls(part, false))
  return { ...index, parts, postgres: null, mysql: normalIndexOptions(index) }
}

function normalIndexOptions({ mysql, parts }: Index): Index['mysql'] {
  if (mysql === null) return null
  const columns = parts.flatMap((part) => ('column' in part.of ? [part.of.column] : []))
  const own: MysqlIndex = { ...mysql, ...normalKey(mysql, columns), prefix: mysql.prefix?.toUpperCase() ?? null }
  return sameData(own, plainMysqlIndex) ? null : own
}

function normalPrimaryKey(key: PrimaryKey | null): PrimaryKey | null {
  if (key === null) return null
  const own = key.mysql === null ? null : normalKey(key.mysql, key.columns)
  return { name: null, columns: key.columns, mysql: sameData(own, plainMysqlKey) ? null : own, postgres: null }
}

function normalKey({ length, using, comment, options }: MysqlKey, columns: readonly string[]): MysqlKey {
  return {
    length: Object.fromEntries(Object.entries(length).filter(([column]) => columns.includes(column))),
    using: using?.toUpperCase() ?? null,
    comment: comment === '' ? null : comment,
    options: upperKeys(options),
  }
}

function upperKeys(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name.toUpperCase(), value]))
}

/** RESTRICT and NO ACTION do the same here, and the catalogue mixes them up. */
function normalForeignKey(table: Table, key: ForeignKey): ForeignKey {
  return {
    ...key,
    name: foreignKeyName(table, key),
    postgres: null,
    onDelete: key.onDelete === 'restrict' ? 'no action' : key.onDelete,
    onUpdate: key.onUpdate === 'restrict' ? 'no action' : key.onUpdate,
  }
}

function normalOptions(options: MysqlTable | null, { defaultCollation }: Abilities): MysqlTable | null {
  if (options === null) return null
  const engine = options.engine === null || /^innodb$/i.test(options.engine) ? null : options.engine
  const given = options.collation?.toLowerCase() ?? null
  const named = options.charset?.toLowerCase() ?? (given === null ? null : charsetOf(given))
  const charset = named === 'utf8mb4' ? null : named
  const collation = given === defaultCollation && charset === null ? null : given
  const partitions = options.partitions?.trim() ?? null
  const own: MysqlTable = { engine, charset, collation, options: upperKeys(options.options), partitions }
  return sameData(own, plainMysqlTable) ? null : own
}
