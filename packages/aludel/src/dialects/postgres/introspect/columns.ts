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
  /** All but the name and what is computed, as one text: a database has far fewer kinds of columns than columns. */
  readonly kind: string
  readonly expression: string | null
}

/** What the text of a kind says. */
interface ColumnKind {
  readonly type: number
  readonly modifier: number
  readonly filled: boolean
  readonly identity: string
  readonly generated: string
  readonly collation: number
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

const kindText = `concat(a.atttypid, '|', a.atttypmod, '|', a.attnotnull, '|', a.attidentity, '|', a.attgenerated, '|',
  a.attcollation, '|', a.attislocal, '|', a.attstorage, '|', a.attcompression, '|', nullif(a.attstattarget, -1), '|',
  to_json(a.attoptions)::text)`

function kindOf(text: string): ColumnKind {
  const [
    type,
    modifier,
    filled,
    identity = '',
    generated = '',
    collation,
    local,
    storage = '',
    compression = '',
    ...rest
  ] = text.split('|')
  const [statistics = '', ...settings] = rest
  return {
    type: Number(type),
    modifier: Number(modifier),
    filled: filled === 't',
    identity,
    generated,
    collation: Number(collation),
    local: local === 't',
    storage,
    compression,
    statistics: statistics === '' ? null : Number(statistics),
    settings: settings.join('|') || null,
  }
}

// pg_get_expr with the table's oid is linear in the table's columns; a default names none, so 0 serves.
export async function readColumns(
  db: Connection,
  isWanted: string,
  beside: Promise<readonly [enums: ReadonlyMap<number, EnumType>, comments: ReadonlyMap<string, string>]>,
): Promise<readonly ColumnPlace[]> {
  const { rows } = await db.query<ColumnRow>(`SELECT a.attrelid AS table, a.attnum AS number, a.attname AS name,
      ${kindText} AS kind,
      pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0 ELSE d.adrelid END) AS expression
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'm') AND ${isWanted} AND a.attnum > 0 AND NOT a.attisdropped`)
  const kinds = [...new Set(rows.map(({ kind }) => kind))].map((text) => [text, kindOf(text)] as const)
  const [types, [enums, comments]] = await Promise.all([
    readTypes(
      db,
      kinds.map(([, kind]) => kind),
    ),
    beside,
  ])
  const plain = new Map(kinds.map(([text, kind]) => [text, { kind, make: columnMaker(kind, enums, types) }]))
  const places = rows.flatMap(({ table, number, name, kind: text, expression }): readonly ColumnPlace[] => {
    const known = plain.get(text)
    if (known === undefined) return []
    const { local, collation } = known.kind
    const comment = comments.size === 0 ? null : (comments.get(`${table} ${number}`) ?? null)
    return [{ table, number, isOwn: local, collation, column: known.make(name, expression, comment) }]
  })
  return places.sort((a, b) => a.table - b.table || a.number - b.number)
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
async function readTypes(db: Connection, rows: readonly ColumnKind[]): Promise<KnownTypes> {
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

type MakeColumn = (name: string, expression: string | null, comment: string | null) => Column

/** Makes the columns of one kind. */
function columnMaker(kind: ColumnKind, enums: ReadonlyMap<number, EnumType>, known: KnownTypes): MakeColumn {
  const enumeration = enums.get(kind.type)
  const type: ColumnType =
    enumeration === undefined
      ? (known.texts.get(typeKey(kind)) ?? { kind: 'raw', sql: `oid ${kind.type}` })
      : { kind: 'enumeration', ...enumeration }
  const isGenerated = kind.generated !== ''
  const ownCollation = kind.collation !== 0 && kind.collation !== known.collations.get(kind.type)
  const nullable = !kind.filled
  const identity = kind.identity === '' ? null : { always: kind.identity === 'a', numbers: null }
  const collation = ownCollation ? (known.collationNames.get(kind.collation) ?? null) : null
  const postgres = settingsOf(kind, known)
  return (name, expression, comment) => ({
    name,
    type,
    nullable,
    default: expression === null || isGenerated ? null : readDefault(reenterable(expression), type),
    identity,
    generated:
      expression === null || !isGenerated
        ? null
        : { expression: printedSql(expression), stored: kind.generated === 's' },
    collation,
    comment,
    postgres,
  })
}

const storages: Readonly<Record<string, string>> = { p: 'plain', e: 'external', x: 'extended', m: 'main' }
const compressions: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' }

function settingsOf(kind: ColumnKind, known: KnownTypes): PostgresColumn | null {
  const { type, storage, compression, statistics, settings } = kind
  const own = {
    storage: known.storages.get(type) === storage ? null : (storages[storage] ?? null),
    compression: compressions[compression] ?? null,
    statistics,
    options: optionsOf(settings),
  }
  return unlessPlain(own, plainPostgresColumn)
}
