// Aggregates, whose statement the server does not print: it is put together from their parts.

import type { Connection } from '../../../database/types.ts'
import { literal } from '../literal.ts'

export interface AggregateRow {
  readonly oid: number
  readonly title: string
  readonly arguments: string
  readonly kind: string
  readonly transition: string
  readonly state: string
  readonly space: number
  readonly final: string | null
  readonly finalExtra: boolean
  readonly finalModify: string
  readonly combine: string | null
  readonly serial: string | null
  readonly deserial: string | null
  readonly initial: string | null
  readonly moving: string | null
  readonly movingInverse: string | null
  readonly movingState: string | null
  readonly movingSpace: number
  readonly movingFinal: string | null
  readonly movingFinalExtra: boolean
  readonly movingFinalModify: string
  readonly movingInitial: string | null
  readonly sort: string | null
  readonly parallel: string
}

// A function is named with its namespace only where it would not be found without it, as regproc prints it.
export async function readAggregates(db: Connection): Promise<ReadonlyMap<number, AggregateRow>> {
  const named = (column: string) => `nullif(a.${column}::oid, 0)::regproc::text`
  const { rows } = await db.query<AggregateRow>(`SELECT p.oid,
      CASE WHEN n.nspname = current_schema() THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(p.proname) AS title,
      pg_get_function_arguments(p.oid) AS arguments, a.aggkind AS kind, ${named('aggtransfn')} AS transition,
      format_type(a.aggtranstype, NULL) AS state, a.aggtransspace AS space, ${named('aggfinalfn')} AS final,
      a.aggfinalextra AS "finalExtra", a.aggfinalmodify AS "finalModify", ${named('aggcombinefn')} AS combine,
      ${named('aggserialfn')} AS serial, ${named('aggdeserialfn')} AS deserial, a.agginitval AS initial,
      ${named('aggmtransfn')} AS moving, ${named('aggminvtransfn')} AS "movingInverse",
      CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END AS "movingState", a.aggmtransspace AS "movingSpace",
      ${named('aggmfinalfn')} AS "movingFinal", a.aggmfinalextra AS "movingFinalExtra", a.aggmfinalmodify AS "movingFinalModify",
      a.aggminitval AS "movingInitial",
      (SELECT 'OPERATOR(' || quote_ident(m.nspname) || '.' || o.oprname || ')' FROM pg_operator o JOIN pg_namespace m ON m.oid = o.oprnamespace
        WHERE o.oid = a.aggsortop) AS sort,
      p.proparallel AS parallel
    FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384`)
  return new Map(rows.map((row) => [row.oid, row]))
}

const modifications: Readonly<Record<string, string>> = { r: 'READ_ONLY', s: 'SHAREABLE', w: 'READ_WRITE' }
const parallels: Readonly<Record<string, string>> = { s: 'SAFE', r: 'RESTRICTED' }

export function aggregateText(row: AggregateRow): string {
  // What an aggregate of this kind does with its state unless it says otherwise.
  const usual = row.kind === 'n' ? 'r' : 'w'
  const given = (key: string, value: string | null) => (value === null ? [] : [`${key} = ${value}`])
  const chosen = (key: string, value: string, plain: string) =>
    value === plain ? [] : [`${key} = ${modifications[value]}`]
  const text = (value: string | null) => (value === null ? null : literal(value))
  const number = (value: number) => (value === 0 ? null : String(value))
  const parts = [
    `SFUNC = ${row.transition}`,
    `STYPE = ${row.state}`,
    ...given('SSPACE', number(row.space)),
    ...given('FINALFUNC', row.final),
    ...(row.finalExtra ? ['FINALFUNC_EXTRA'] : []),
    ...(row.final === null ? [] : chosen('FINALFUNC_MODIFY', row.finalModify, usual)),
    ...given('COMBINEFUNC', row.combine),
    ...given('SERIALFUNC', row.serial),
    ...given('DESERIALFUNC', row.deserial),
    ...given('INITCOND', text(row.initial)),
    ...given('MSFUNC', row.moving),
    ...given('MINVFUNC', row.movingInverse),
    ...given('MSTYPE', row.movingState),
    ...given('MSSPACE', number(row.movingSpace)),
    ...given('MFINALFUNC', row.movingFinal),
    ...(row.movingFinalExtra ? ['MFINALFUNC_EXTRA'] : []),
    ...(row.movingFinal === null ? [] : chosen('MFINALFUNC_MODIFY', row.movingFinalModify, usual)),
    ...given('MINITCOND', text(row.movingInitial)),
    ...given('SORTOP', row.sort),
    ...(row.kind === 'h' ? ['HYPOTHETICAL'] : []),
    ...given('PARALLEL', parallels[row.parallel] ?? null),
  ]
  const list = row.arguments === '' ? '*' : row.arguments
  return `CREATE AGGREGATE ${row.title}(${list}) (\n  ${parts.join(',\n  ')}\n)`
}
