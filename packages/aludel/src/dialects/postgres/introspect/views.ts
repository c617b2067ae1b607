// Views and materialized views: their queries as the server prints them, and what their columns are.

import type { Connection } from '../../../database/types.ts'
import type { Index } from '../../../schema/model.ts'
import type { MaterializedView, View } from '../../../schema/object-model.ts'
import { objectRef, refKey } from '../../../schema/object-ref.ts'
import { printedQuery, settingsOf } from './printed.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface ViewRow {
  readonly oid: number
  readonly namespace: string | null
  readonly name: string
  readonly kind: string
  readonly query: string
  readonly filled: boolean
  readonly settings: string | null
  readonly comment: string | null
  /** A JSON list: each column's name and type. */
  readonly columns: string
}

export interface Views {
  readonly objects: readonly (View | MaterializedView)[]
  /** What a new text must begin with to take the place of the old one, by key. */
  readonly shapes: readonly (readonly [string, readonly string[]])[]
}

export async function readViews(
  db: Connection,
  indexesOf: Promise<(view: number) => readonly Index[]>,
): Promise<Views> {
  const { rows } = await db.query<ViewRow>(`SELECT c.oid, nullif(n.nspname, current_schema()) AS namespace,
      c.relname AS name, c.relkind AS kind, pg_get_viewdef(c.oid) AS query, c.relispopulated AS filled,
      to_json(c.reloptions)::text AS settings, obj_description(c.oid, 'pg_class') AS comment,
      (SELECT json_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum)::text
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  const indexes = await indexesOf
  return {
    objects: rows.map((row) => (row.kind === 'v' ? viewOf(row) : materializedOf(row, indexes(row.oid)))),
    shapes: rows.map((row) => {
      const ref = objectRef(row.kind === 'v' ? 'view' : 'materializedView', row)
      return [refKey(ref), JSON.parse(row.columns ?? '[]') as readonly string[]] as const
    }),
  }
}

function viewOf({ namespace, name, query, settings, comment }: ViewRow): View {
  const options = settingsOf(settings)
  return { kind: 'view', namespace, name, query: printedQuery(query), columns: null, comment, options, dependsOn: [] }
}

function materializedOf(row: ViewRow, indexes: readonly Index[]): MaterializedView {
  const { namespace, name, query, filled, settings } = row
  const options = settingsOf(settings)
  const printed = printedQuery(query)
  return {
    kind: 'materializedView',
    namespace,
    name,
    query: printed,
    withData: filled,
    options,
    indexes,
    dependsOn: [],
  }
}
