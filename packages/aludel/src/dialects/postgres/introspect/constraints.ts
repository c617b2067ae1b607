// Keys and checks, put together from the catalog's pieces; only checks are printed by the server.

import type { Connection } from '../../../database/types.ts'
import { postgresUnique } from '../../../schema/keys.ts'
import type { Check, Deferral, Exclusion, ForeignKey, Index, PrimaryKey, Unique } from '../../../schema/model.ts'
import { plainPostgresPrimaryKey, unlessPlain } from '../../../schema/postgres-model.ts'
import { actions } from '../actions.ts'
import type { VersionFeatures } from '../features.ts'
import { printedSql } from '../reenter.ts'
import { partName } from '../render/index.ts'

export interface ConstraintRow {
  readonly name: string
  readonly table: number
  readonly kind: string
  readonly columns: string | null
  readonly referent: number
  readonly referentNamespace: string | null
  readonly referentName: string | null
  readonly referentColumns: string | null
  readonly onUpdate: string
  readonly onDelete: string
  readonly match: string
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly valid: boolean
  readonly noInherit: boolean
  /** The columns that ON DELETE sets, where they are not all. */
  readonly setColumns: string | null
  /** The index behind a key; of a foreign key the referent's. */
  readonly index: number
  readonly condition: string | null
  /** A JSON list of the operators of an exclude constraint. */
  readonly operators: string | null
}

export interface Constraints {
  readonly primaryKeys: ReadonlyMap<number, PrimaryKey>
  readonly uniques: ReadonlyMap<number, readonly Unique[]>
  readonly foreignKeys: ReadonlyMap<number, readonly ForeignKey[]>
  readonly checks: ReadonlyMap<number, readonly Check[]>
  /** The indexes that stand behind constraints. */
  readonly indexes: ReadonlySet<number>
}

/** What constraints refer to by number: columns, and the indexes that stand behind them. */
export interface Numbers {
  column(table: number, number: number): string
  nullsNotDistinct(index: number): boolean
  included(index: number): readonly number[]
  settings(index: number): Readonly<Record<string, string>>
}

export async function readConstraints(
  db: Connection,
  isWanted: string,
  can: VersionFeatures,
): Promise<readonly ConstraintRow[]> {
  // Partitions inherit constraints of their own names (conparentid); kinds that are not asked for are not known here.
  const { rows } = await db.query<ConstraintRow>(`SELECT k.conname AS name, k.conrelid AS table, k.contype AS kind,
      k.conkey::text AS columns, k.confrelid AS referent,
      nullif(n.nspname, current_schema()) AS "referentNamespace", r.relname AS "referentName", k.confkey::text AS "referentColumns", k.confupdtype AS "onUpdate", k.confdeltype AS "onDelete",
      k.confmatchtype AS match, k.condeferrable AS deferrable, k.condeferred AS deferred, k.conindid AS index,
      k.convalidated AS valid, k.connoinherit AS "noInherit", ${can.deleteSetColumns ? 'k.confdelsetcols::text' : 'NULL'} AS "setColumns",
      CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS condition,
      CASE k.contype WHEN 'x' THEN (SELECT json_agg(CASE WHEN pg_operator_is_visible(o.oid) THEN o.oprname
          ELSE 'OPERATOR(' || quote_ident(m.nspname) || '.' || o.oprname || ')' END ORDER BY x.place)::text
        FROM unnest(k.conexclop) WITH ORDINALITY x (oid, place) JOIN pg_operator o ON o.oid = x.oid
        JOIN pg_namespace m ON m.oid = o.oprnamespace) END AS operators
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    LEFT JOIN pg_class r ON r.oid = k.confrelid LEFT JOIN pg_namespace n ON n.oid = r.relnamespace
    WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0 AND k.conislocal AND ${isWanted}
    ORDER BY k.conname COLLATE "C"`)
  return rows
}

export function constraintsOf(rows: readonly ConstraintRow[], numbers: Numbers): Constraints {
  const names = (table: number, list: string | null) => numbersIn(list).map((number) => numbers.column(table, number))
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  const beside = ({ table, index }: ConstraintRow) => ({
    include: numbers.included(index).map((number) => numbers.column(table, number)),
    with: numbers.settings(index),
  })
  return {
    primaryKeys: new Map(
      of('p').map((row) => {
        const postgres = unlessPlain({ deferrable: deferralOf(row), ...beside(row) }, plainPostgresPrimaryKey)
        return [row.table, { name: row.name, columns: names(row.table, row.columns), mysql: null, postgres }]
      }),
    ),
    uniques: grouped(of('u'), (row) => ({
      name: row.name,
      columns: names(row.table, row.columns),
      deferrable: deferralOf(row),
      postgres: postgresUnique({ nullsNotDistinct: numbers.nullsNotDistinct(row.index), ...beside(row) }),
    })),
    foreignKeys: grouped(of('f'), (row) => ({
      name: row.name,
      columns: names(row.table, row.columns),
      referent: { namespace: row.referentNamespace, name: row.referentName ?? '' },
      referentColumns: names(row.referent, row.referentColumns),
      onDelete: actions[row.onDelete] ?? 'no action',
      onUpdate: actions[row.onUpdate] ?? 'no action',
      deferrable: deferralOf(row),
      match: row.match === 'f' ? 'full' : 'simple',
      postgres: unlessPlain(
        { notValid: !row.valid, setColumns: names(row.table, row.setColumns) },
        { notValid: false, setColumns: [] },
      ),
    })),
    checks: grouped(of('c'), (row) => ({
      name: row.name,
      condition: printedSql(row.condition ?? ''),
      postgres: unlessPlain({ notValid: !row.valid, noInherit: row.noInherit }, { notValid: false, noInherit: false }),
    })),
    indexes: new Set(rows.filter(({ kind }) => kind !== 'f').map(({ index }) => index)),
  }
}

export function numbersIn(list: string | null): readonly number[] {
  return (list?.match(/-?\d+/g) ?? []).map(Number)
}

/** An exclude constraint is told by the index that it stands on, and the operators by which it compares. */
export function exclusionOf(row: ConstraintRow, index: Index): Exclusion {
  const operators: string[] = row.operators === null ? [] : JSON.parse(row.operators)
  return {
    name: row.name,
    elements: index.parts.map((part, position) => ({
      of: part.of,
      operator: operators[position] ?? '',
      operatorClass: index.postgres?.operatorClasses[partName(part, position)] ?? null,
    })),
    using: index.postgres?.using ?? 'btree',
    include: index.postgres?.include ?? [],
    with: index.postgres?.with ?? {},
    where: index.where,
    deferrable: deferralOf(row),
  }
}

function deferralOf({ deferrable, deferred }: ConstraintRow): Deferral | null {
  return deferrable ? (deferred ? 'deferred' : 'immediate') : null
}

export function grouped<Row extends { readonly table: number }, T>(
  rows: readonly Row[],
  make: (row: Row) => T,
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.table)
    if (group === undefined) groups.set(row.table, [make(row)])
    else group.push(make(row))
  }
  return groups
}
