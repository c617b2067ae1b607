// The columns of tables: their types, defaults, identities and generated values.

import type { Connection } from '../../../database/types.ts'
import type { Column, ColumnType, EnumType } from '../../../schema/model.ts'
import { type PostgresColumn, plainPostgresColumn, unlessPlain } from '../../../schema/postgres-model.ts'
import { readDefault } from '../defaults.ts'
import { printedSql, reenterable } from '../reenter.ts'
import { parseType } from '../types.ts'
import { optionsOf } from './options.ts'
import { placeFinder } from './places.ts'
import { isOneOf } from './scope.ts'

interface ColumnRow {
  readonly table: number
  readonly number: number
  readonly name: string
  readonly type: number
  readonly modifier: number
  readonly filled: boolean
  readonly identity: string
  readonly generated: string
  readonly collation: number
  readonly expression: string | null
  /** False of a column that its table has only because another has it. */
  readonly local: boolean
  readonly storage: string
  readonly compression: string
  readonly statistics: number | null
  /** A JSON list: `["n_distinct=3"]`. */
  readonly settings: string | null
}

export interface ColumnPlace {
  readonly table: number
  readonly number: number
  readonly column: Column
  readonly isOwn: boolean
  readonly collation: number
}

// pg_get_expr with the table's oid is linear in the table's columns; a default names none, so 0 serves.
export async function readColumns(
  db: Connection,
  isWanted: string,
  beside: Promise<readonly [enums: ReadonlyMap<number, EnumType>, comments: ReadonlyMap<string, string>]>,
): Promise<readonly ColumnPlace[]> {
  const { rows } = await db.query<ColumnRow>(`SELECT a.attrelid AS table, a.attnum AS number, a.attname AS name,
      a.atttypid AS type, a.atttypmod AS modifier, a.attnotnull AS filled, a.attidentity AS identity,
      a.attgenerated AS generated, a.attcollation AS collation, a.attislocal AS local, a.attstorage AS storage,
      a.attcompression AS compression, nullif(a.attstattarget, -1) AS statistics, to_json(a.attoptions)::text AS settings,
      pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0 ELSE d.adrelid END) AS expression
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'm') AND ${isWanted} AND a.attnum > 0 AND NOT a.attisdropped`)
  const [types, [enums, comments]] = await Promise.all([readTypes(db, rows), beside])
  const columns = rows.map((row): ColumnPlace => {
    const { table, number } = row
    const comment = comments.size === 0 ? null : (comments.get(`${table} ${number}`) ?? null)
    return {
      table,
      number,
      isOwn: row.local,
      collation: row.collation,
      column: columnOf(row, enums.get(row.type) ?? null, types, comment),
    }
  })
  return columns.sort((a, b) => a.table - b.table || a.number - b.number)
}

/** The names of the columns that were read, and of those in other tables that keys refer to, by table and number. */
export async function readColumnNames(
  db: Connection,
  columns: readonly ColumnPlace[],
  referents: readonly number[],
): Promise<(table: number, number: number) => string> {
  const known = new Set(columns.map(({ table }) => table))
  const others = [...new Set(referents)].filter((table) => table !== 0 && !known.has(table))
  const { rows } =
    others.length === 0
      ? { rows: [] }
      : await db.query<{ table: number; number: number; name: string }>(
          `SELECT a.attrelid AS table, a.attnum AS number, a.attname AS name FROM pg_attribute a WHERE ${isOneOf('a.attrelid', others)}`,
        )
  const own = placeFinder(columns, ({ column }) => column.name)
  const other = placeFinder(rows, ({ name }) => name)
  return (table, number) => own(table, number) ?? other(table, number) ?? ''
}

interface KnownTypes {
  /** The text of a type with its modifier, by `typeKey`. */
  readonly texts: ReadonlyMap<string, ColumnType>
  /** The collation that a type has of itself, by type. */
  readonly collations: ReadonlyMap<number, number>
  readonly collationNames: ReadonlyMap<number, string>
  /** How a type's values are kept where nothing else is said, by type. */
  readonly storages: ReadonlyMap<number, string>
}

function typeKey({ type, modifier }: { readonly type: number; readonly modifier: number }): string {
  return `${type} ${modifier}`
}

/** The names of the types that were met, asked for once each: far cheaper than once a column. */
async function readTypes(db: Connection, rows: readonly ColumnRow[]): Promise<KnownTypes> {
  const pairs = [...new Map(rows.map((row) => [typeKey(row), row])).values()]
  const list = (values: readonly number[]) => `{${values.join(',')}}`
  const collations = [...new Set(rows.map(({ collation }) => collation))]
  const [types, named] = await Promise.all([
    db.query<{ type: number; modifier: number; text: string; collation: number; storage: string }>(
      `SELECT t.oid AS type, x.modifier, format_type(t.oid, x.modifier) AS text, t.typcollation AS collation, t.typstorage AS storage
      FROM unnest('${list(pairs.map(({ type }) => type))}'::oid[], '${list(pairs.map(({ modifier }) => modifier))}'::int[]) AS x (type, modifier)
      JOIN pg_type t ON t.oid = x.type`,
    ),
    db.query<{ oid: number; name: string }>(
      `SELECT oid, collname AS name FROM pg_collation WHERE ${isOneOf('oid', collations)}`,
    ),
  ])
  return {
    texts: new Map(types.rows.map((row) => [typeKey(row), parseType(row.text)])),
    collations: new Map(types.rows.map(({ type, collation }) => [type, collation])),
    storages: new Map(types.rows.map(({ type, storage }) => [type, storage])),
    collationNames: new Map(named.rows.map(({ oid, name }) => [oid, name])),
  }
}

function columnOf(row: ColumnRow, enumeration: EnumType | null, known: KnownTypes, comment: string | null): Column {
  const type: ColumnType =
    enumeration === null
      ? (known.texts.get(typeKey(row)) ?? { kind: 'raw', sql: `oid ${row.type}` })
      : { kind: 'enumeration', ...enumeration }
  const isGenerated = row.generated !== ''
  const ownCollation = row.collation !== 0 && row.collation !== known.collations.get(row.type)
  return {
    name: row.name,
    type,
    nullable: !row.filled,
    default: row.expression === null || isGenerated ? null : readDefault(reenterable(row.expression), type),
    identity: row.identity === '' ? null : { always: row.identity === 'a', numbers: null },
    generated:
      row.expression === null || !isGenerated
        ? null
        : { expression: printedSql(row.expression), stored: row.generated === 's' },
    collation: ownCollation ? (known.collationNames.get(row.collation) ?? null) : null,
    comment,
    postgres: settingsOf(row, known),
  }
}

const storages: Readonly<Record<string, string>> = { p: 'plain', e: 'external', x: 'extended', m: 'main' }
const compressions: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' }

function settingsOf(row: ColumnRow, known: KnownTypes): PostgresColumn | null {
  const { type, storage, compression, statistics, settings } = row
  const own = {
    storage: known.storages.get(type) === storage ? null : (storages[storage] ?? null),
    compression: compressions[compression] ?? null,
    statistics,
    options: optionsOf(settings),
  }
  return unlessPlain(own, plainPostgresColumn)
}
