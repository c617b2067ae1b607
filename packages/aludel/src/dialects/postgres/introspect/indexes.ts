// Indexes, put together from the catalog's pieces; only expressions and predicates are printed by the server.

import type { Connection } from '../../../database/types.ts'
import type { Column, Index, IndexPart } from '../../../schema/model.ts'
import { withUsualNulls } from '../../../schema/nulls.ts'
import type { VersionFeatures } from '../features.ts'
import { normalOptions } from '../normalize.ts'
import { printedSql } from '../reenter.ts'
import { partName } from '../render/index.ts'
import { numbersIn } from './constraints.ts'
import { optionsOf } from './options.ts'
import { isOneOf } from './scope.ts'

export interface IndexRow {
  readonly oid: number
  readonly table: number
  readonly name: string
  readonly method: string
  readonly unique: boolean
  /** How many of the columns are keys; the rest is included. */
  readonly keys: number
  readonly columns: string
  readonly classes: string
  readonly options: string
  readonly settings: string | null
  readonly predicate: string | null
  /** A JSON list of the expressions, in the order of their places. */
  readonly expressions: string | null
  readonly nullsNotDistinct: boolean
  readonly invalid: boolean
  readonly replica: boolean
  readonly collations: string
}

export async function readIndexes(
  db: Connection,
  isWanted: string,
  can: VersionFeatures,
): Promise<readonly IndexRow[]> {
  const { rows } = await db.query<IndexRow>(`SELECT i.indexrelid AS oid, i.indrelid AS table, x.relname AS name,
      m.amname AS method, i.indisunique AS unique, i.indnkeyatts AS keys, i.indkey::text AS columns,
      i.indclass::text AS classes, i.indoption::text AS options, to_json(x.reloptions)::text AS settings,
      CASE WHEN i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END AS predicate,
      CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, false) ORDER BY k)::text
        FROM generate_series(1, i.indnkeyatts) k WHERE i.indkey[k - 1] = 0) END AS expressions,
      ${can.nullsNotDistinct ? 'i.indnullsnotdistinct' : 'false'} AS "nullsNotDistinct",
      x.relkind = 'i' AND NOT i.indisvalid AS invalid, i.indisreplident AS replica,
      i.indcollation::text AS collations
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_am m ON m.oid = x.relam
    WHERE c.relkind IN ('r', 'p', 'm') AND ${isWanted}
    ORDER BY x.relname COLLATE "C"`)
  return rows
}

/** The columns kept beside the key, by number. */
export function included(row: IndexRow | undefined): readonly number[] {
  return row === undefined ? [] : numbersIn(row.columns).slice(row.keys)
}

/** Operator classes by number, and whether their types have them anyway. */
type OperatorClasses = ReadonlyMap<number, { readonly name: string; readonly usual: boolean }>

async function readOperatorClasses(db: Connection): Promise<OperatorClasses> {
  const { rows } = await db.query<{ oid: number; name: string; usual: boolean }>(`SELECT o.oid, o.opcdefault AS usual,
      CASE WHEN pg_opclass_is_visible(o.oid) THEN o.opcname
        ELSE n.nspname || '.' || o.opcname END AS name
    FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace`)
  return new Map(rows.map(({ oid, name, usual }) => [oid, { name, usual }]))
}

/** Null for a class that its type has anyway, and that is not given settings of its own. */
function classText(index: number, oid: number, position: number, words: IndexWords): string | null {
  const found = words.classes.get(oid)
  const settings = words.classSettings.get(`${index} ${position + 1}`)
  if (found === undefined || (found.usual && settings === undefined)) return null
  return settings === undefined ? found.name : `${found.name}(${settings})`
}

const descendingFlag = 1
const nullsFirstFlag = 2

/** What indexes speak of by number. */
export interface IndexWords {
  readonly classes: OperatorClasses
  /** Settings of an operator class, by the index's number and the place. */
  readonly classSettings: ReadonlyMap<string, string>
  readonly collations: ReadonlyMap<number, string>
}

/** The table that an index is on. */
export interface IndexGround {
  readonly columns: readonly Column[]
  name(number: number): string
  /** By number; how a column sorts its texts. */
  collation(number: number): number
}

/** The names of the collations by which an index sorts a column otherwise than the column itself does. */
export async function readIndexWords(
  db: Connection,
  indexes: Promise<readonly IndexRow[]>,
  collations: Promise<(table: number, column: number) => number>,
): Promise<IndexWords> {
  const [classes, settings, rows, collation] = await Promise.all([
    readOperatorClasses(db),
    db.query<{ index: number; place: number; settings: string }>(
      `SELECT a.attrelid AS index, a.attnum AS place, array_to_string(a.attoptions, ', ') AS settings FROM pg_attribute a
      WHERE a.attoptions IS NOT NULL AND a.attrelid IN (SELECT i.indexrelid FROM pg_index i)`,
    ),
    indexes,
    collations,
  ])
  const others = rows.flatMap((row) => otherCollations(row, (column) => collation(row.table, column)))
  return {
    classes,
    classSettings: new Map(settings.rows.map((row) => [`${row.index} ${row.place}`, row.settings])),
    collations: await readCollations(db, [...new Set(others.map(({ oid }) => oid))]),
  }
}

async function readCollations(db: Connection, oids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (oids.length === 0) return new Map()
  const { rows } = await db.query<{ oid: number; name: string }>(
    `SELECT oid, collname AS name FROM pg_collation WHERE ${isOneOf('oid', oids)}`,
  )
  return new Map(rows.map(({ oid, name }) => [oid, name]))
}

function otherCollations(row: IndexRow, collation: (column: number) => number) {
  const numbers = numbersIn(row.columns)
  return numbersIn(row.collations).flatMap((oid, position) => {
    const number = numbers[position] ?? 0
    return oid === 0 || number === 0 || position >= row.keys || collation(number) === oid ? [] : [{ position, oid }]
  })
}

export function indexOf(row: IndexRow, ground: IndexGround, words: IndexWords): Index {
  const numbers = numbersIn(row.columns)
  const options = numbersIn(row.options)
  const expressions: string[] = row.expressions === null ? [] : JSON.parse(row.expressions)
  const parts = numbers.slice(0, row.keys).map((number, position): IndexPart => {
    const flags = options[position] ?? 0
    const [descending, isFirst] = [(flags & descendingFlag) !== 0, (flags & nullsFirstFlag) !== 0]
    const order = withUsualNulls({ descending, nulls: isFirst ? 'first' : 'last' }, true)
    if (number !== 0) return { of: { column: ground.name(number) }, ...order }
    return { of: { expression: printedSql(expressions.shift() ?? '') }, ...order }
  })
  const named = numbersIn(row.classes).flatMap((oid, position) => {
    const part = parts[position]
    const name = classText(row.oid, oid, position, words)
    return part === undefined || name === null ? [] : [[partName(part, position), name] as const]
  })
  const sorted = otherCollations(row, ground.collation).flatMap(({ position, oid }) => {
    const part = parts[position]
    return part === undefined ? [] : [[partName(part, position), words.collations.get(oid) ?? ''] as const]
  })
  const postgres = {
    using: row.method,
    include: included(row).map(ground.name),
    concurrently: false,
    nullsNotDistinct: row.nullsNotDistinct,
    operatorClasses: Object.fromEntries(named),
    collations: Object.fromEntries(sorted),
    with: optionsOf(row.settings),
    invalid: row.invalid,
  }
  return {
    name: row.name,
    parts,
    unique: row.unique,
    where: row.predicate === null ? null : printedSql(row.predicate),
    postgres: normalOptions(postgres, ground.columns),
    mysql: null,
  }
}
