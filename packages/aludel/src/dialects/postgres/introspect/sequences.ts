// Sequences: those that stand by themselves, those of identity columns, and those that only serial columns have.

import type { Connection } from '../../../database/types.ts'
import type { Column, TableName } from '../../../schema/model.ts'
import type { Sequence, SequenceSettings } from '../../../schema/object-model.ts'
import { type IdentityNumbers, plainNumbers, unlessPlain } from '../../../schema/postgres-model.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface SequenceRow {
  readonly namespace: string | null
  readonly name: string
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly least: string
  readonly greatest: string
  readonly cache: string
  readonly cycle: boolean
  readonly ownerTable: number | null
  readonly ownerColumn: number | null
  /** `a` of a column that owns it, `i` of one that is numbered by it. */
  readonly ownership: string | null
}

/** Of an identity column that goes on as most do there is nothing to tell. */
const isUsual = `(s.seqstart, s.seqincrement, s.seqmin, s.seqcache, s.seqcycle) = (1, 1, 1, 1, false)
  AND s.seqmax = CASE s.seqtypid WHEN 'smallint'::regtype THEN 32767 WHEN 'integer'::regtype THEN 2147483647 ELSE 9223372036854775807 END`

export async function readSequences(db: Connection): Promise<readonly SequenceRow[]> {
  const { rows } = await db.query<SequenceRow>(`SELECT nullif(n.nspname, current_schema()) AS namespace,
      c.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start,
      s.seqincrement::text AS increment, s.seqmin::text AS least, s.seqmax::text AS greatest, s.seqcache::text AS cache,
      s.seqcycle AS cycle, d.refobjid AS "ownerTable", d.refobjsubid AS "ownerColumn", d.deptype::text AS ownership
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    WHERE c.relpersistence <> 't' AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
      AND NOT (d.deptype IS NOT DISTINCT FROM 'i' AND ${isUsual})
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  return rows
}

/** Where a column is. */
export interface Place {
  readonly table: TableName
  readonly column: Column
}

/** How identity columns go on that do not go on as usual, by table and column number. */
export function identityNumbers(rows: readonly SequenceRow[]): ReadonlyMap<string, IdentityNumbers> {
  return new Map(
    rows.flatMap((row) => {
      if (row.ownership !== 'i') return []
      const { type: _, ownedBy: __, start, ...own } = settingsOf(row, null)
      const usual = own.increment < 0 ? (own.maxValue ?? -1) : (own.minValue ?? 1)
      const numbers = unlessPlain({ ...own, start: start === usual ? null : start }, plainNumbers)
      return numbers === null ? [] : [[`${row.ownerTable} ${row.ownerColumn}`, numbers] as const]
    }),
  )
}

export function sequenceOf(row: SequenceRow, owner: Place | null): Sequence {
  return { kind: 'sequence', namespace: row.namespace, name: row.name, ...settingsOf(row, owner) }
}

const greatestOf: Readonly<Record<string, bigint>> = {
  smallint: 2n ** 15n - 1n,
  integer: 2n ** 31n - 1n,
  bigint: 2n ** 63n - 1n,
}

function settingsOf(row: SequenceRow, owner: Place | null): SequenceSettings {
  const greatest = greatestOf[row.type] ?? 0n
  const isUp = BigInt(row.increment) > 0n
  const [least, most] = isUp ? [1n, greatest] : [-greatest - 1n, -1n]
  return {
    type: row.type === 'smallint' || row.type === 'integer' ? row.type : null,
    start: numberOf(row.start),
    increment: numberOf(row.increment),
    minValue: BigInt(row.least) === least ? null : numberOf(row.least),
    maxValue: BigInt(row.greatest) === most ? null : numberOf(row.greatest),
    cache: row.cache === '1' ? null : numberOf(row.cache),
    cycle: row.cycle,
    ownedBy: owner === null ? null : { table: owner.table, column: owner.column.name },
  }
}

/** As a bigint only where a number would be rounded. */
function numberOf(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
