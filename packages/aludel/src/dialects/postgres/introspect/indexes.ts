// Indexes, put together from the catalog's pieces; only expressions and predicates are printed by the server.

import type { Connection } from '../../../database/types.ts'
import type { Column, Index, IndexPart } from '../../../schema/model.ts'
import { withUsualNulls } from '../../../schema/nulls.ts'
import type { VersionFeatures } from '../features.ts'
import { normalOptions } from '../normalize.ts'
import { printedSql } from '../reenter.ts'
import { partName } from '../render/index.ts'
import { numbersIn } from './constraints.ts'

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
      ${can.nullsNotDistinct ? 'i.indnullsnotdistinct' : 'false'} AS "nullsNotDistinct"
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_am m ON m.oid = x.relam
    WHERE c.relkind IN ('r', 'p') AND ${isWanted}
    ORDER BY x.relname COLLATE "C"`)
  return rows
}

/** The columns kept beside the key, by number. */
export function included(row: IndexRow | undefined): readonly number[] {
  return row === undefined ? [] : numbersIn(row.columns).slice(row.keys)
}

/** Operator classes by number: null for one that its type has anyway. */
export type OperatorClasses = ReadonlyMap<number, string | null>

export async function readOperatorClasses(db: Connection): Promise<OperatorClasses> {
  const { rows } = await db.query<{ oid: number; name: string | null }>(`SELECT o.oid,
      CASE WHEN o.opcdefault THEN NULL WHEN pg_opclass_is_visible(o.oid) THEN o.opcname
        ELSE n.nspname || '.' || o.opcname END AS name
    FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace`)
  return new Map(rows.map(({ oid, name }) => [oid, name]))
}

const descendingFlag = 1
const nullsFirstFlag = 2

export function indexOf(
  row: IndexRow,
  columnName: (number: number) => string,
  classes: OperatorClasses,
  columns: readonly Column[],
): Index {
  const numbers = numbersIn(row.columns)
  const options = numbersIn(row.options)
  const expressions: string[] = row.expressions === null ? [] : JSON.parse(row.expressions)
  const parts = numbers.slice(0, row.keys).map((number, position): IndexPart => {
    const flags = options[position] ?? 0
    const [descending, isFirst] = [(flags & descendingFlag) !== 0, (flags & nullsFirstFlag) !== 0]
    const order = withUsualNulls({ descending, nulls: isFirst ? 'first' : 'last' }, true)
    if (number !== 0) return { of: { column: columnName(number) }, ...order }
    return { of: { expression: printedSql(expressions.shift() ?? '') }, ...order }
  })
  const named = numbersIn(row.classes).flatMap((oid, position) => {
    const part = parts[position]
    const name = classes.get(oid) ?? null
    return part === undefined || name === null ? [] : [[partName(part, position), name] as const]
  })
  const postgres = {
    using: row.method,
    include: included(row).map(columnName),
    concurrently: false,
    nullsNotDistinct: row.nullsNotDistinct,
    operatorClasses: Object.fromEntries(named),
    with: settingsOf(row.settings),
  }
  return {
    name: row.name,
    parts,
    unique: row.unique,
    where: row.predicate === null ? null : printedSql(row.predicate),
    postgres: normalOptions(postgres, columns),
    mysql: null,
  }
}

// ["fillfactor=70"]
function settingsOf(json: string | null): Readonly<Record<string, string>> {
  const settings: string[] = json === null ? [] : JSON.parse(json)
  return Object.fromEntries(
    settings.map((setting) => [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)]),
  )
}
