// Functions, procedures and aggregates: each by its whole CREATE statement.

import type { Connection } from '../../../database/types.ts'
import type { StoredFunction } from '../../../schema/object-model.ts'
import { refKey, refOf } from '../../../schema/object-ref.ts'
import { type AggregateRow, aggregateText, readAggregates } from './aggregates.ts'
import { namespacePrefix, printedProgram, withoutPrefix } from './printed.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface RoutineRow {
  readonly oid: number
  readonly namespace: string | null
  readonly name: string
  readonly kind: string
  readonly types: string
  readonly prefix: string | null
  readonly text: string | null
  /** A JSON list: the result and what each argument is called, then a mark for each default. */
  readonly shape: string
}

export interface Routines {
  readonly objects: readonly StoredFunction[]
  readonly shapes: readonly (readonly [string, readonly string[]])[]
}

/** The types that tell a routine from others of its name, as DROP and GRANT take them. */
export const argumentTypes = `(SELECT coalesce(string_agg(format_type(x.type, NULL), ', ' ORDER BY x.place), CASE p.prokind WHEN 'a' THEN '*' ELSE '' END)
  FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY x (type, place))`

// A range type brings functions of its own, which go with it.
export async function readRoutines(db: Connection): Promise<Routines> {
  const { rows } =
    await db.query<RoutineRow>(`SELECT p.oid, nullif(n.nspname, current_schema()) AS namespace, p.proname AS name,
      p.prokind AS kind, ${argumentTypes} AS types, ${namespacePrefix},
      CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END AS text,
      (array_to_json(ARRAY[p.prokind::text || ' ' || coalesce(pg_get_function_result(p.oid), ''), pg_get_function_identity_arguments(p.oid)]
        || array_fill('default'::text, ARRAY[p.pronargdefaults])))::text AS shape
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384 AND ${userNamespaces} AND ${ownObject('pg_proc', 'p.oid')}
      AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
    ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", ${argumentTypes} COLLATE "C"`)
  const aggregates = rows.some(({ kind }) => kind === 'a') ? await readAggregates(db) : new Map<number, AggregateRow>()
  const objects = rows.map((row): StoredFunction => {
    const { oid, namespace, name, types, kind } = row
    const aggregate = aggregates.get(oid)
    const routine = kind === 'a' ? 'aggregate' : kind === 'p' ? 'procedure' : 'function'
    const own = printedProgram(
      aggregate === undefined ? withoutPrefix(row.text ?? '', row.prefix) : aggregateText(aggregate),
    )
    return { kind: 'function', routine, namespace, name, arguments: types, text: own, dependsOn: [] }
  })
  const shapes = objects.flatMap((object, at) => {
    const ref = refOf(object)
    return ref === null ? [] : [[refKey(ref), JSON.parse(rows[at]?.shape ?? '[]') as readonly string[]] as const]
  })
  return { objects, shapes }
}
