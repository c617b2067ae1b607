// Who owns what, where that is not the role that asks: owners are no part of a schema, and are only told apart.

import type { Connection } from '../../../database/types.ts'
import { tableTitle } from '../../../schema/lookup.ts'
import { ownObject, userNamespaces } from './scope.ts'

const me = '(SELECT oid FROM pg_roles WHERE rolname = current_user)'

const held = (catalog: string, prefix: string, where = 'true') =>
  `SELECT nullif(n.nspname, current_schema()) AS namespace, o.${prefix}name AS name, pg_get_userbyid(o.${prefix}owner) AS owner
  FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
  WHERE o.${prefix}owner <> ${me} AND ${where} AND ${userNamespaces} AND ${ownObject(catalog, 'o.oid')}`

const question = [
  held('pg_class', 'rel', "o.relkind IN ('r', 'p', 'v', 'm', 'S')"),
  held('pg_proc', 'pro'),
  held('pg_type', 'typ', "o.typtype IN ('e', 'd', 'r')"),
].join(' UNION ')

/** Owners by the title of what they own. */
export async function readOwners(db: Connection): Promise<Readonly<Record<string, string>>> {
  const { rows } = await db.query<{ namespace: string | null; name: string; owner: string }>(question)
  return Object.fromEntries(rows.map((row) => [tableTitle(row), row.owner]))
}
