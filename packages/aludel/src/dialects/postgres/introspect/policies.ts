// Which tables leave it to policies who sees what, and the policies.

import type { Connection } from '../../../database/types.ts'
import type { Policy, PolicyCommand, RowSecurity } from '../../../schema/object-model.ts'
import type { Sql } from '../../../schema/sql.ts'
import { printedSql } from '../reenter.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface PolicyRow {
  readonly namespace: string | null
  readonly table: string
  readonly name: string
  readonly command: string
  readonly permissive: boolean
  /** A JSON list; null for everybody. */
  readonly roles: string | null
  readonly using: string | null
  readonly check: string | null
}

const commands: Readonly<Record<string, PolicyCommand>> = {
  '*': 'all',
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
}

export async function readPolicies(db: Connection): Promise<readonly Policy[]> {
  const { rows } =
    await db.query<PolicyRow>(`SELECT nullif(n.nspname, current_schema()) AS namespace, c.relname AS table,
      p.polname AS name, p.polcmd AS command, p.polpermissive AS permissive,
      (SELECT json_agg(r.rolname ORDER BY r.rolname COLLATE "C")::text FROM pg_roles r WHERE r.oid = ANY (p.polroles)) AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", p.polname COLLATE "C"`)
  return rows.map(({ namespace, table, name, command, permissive, roles, using, check }) => ({
    kind: 'policy',
    namespace,
    name,
    table: { namespace, name: table },
    command: commands[command] ?? 'all',
    permissive,
    to: roles === null ? [] : JSON.parse(roles),
    using: sqlOf(using),
    check: sqlOf(check),
  }))
}

function sqlOf(printed: string | null): Sql | null {
  return printed === null ? null : printedSql(printed)
}

export async function readRowSecurity(db: Connection): Promise<readonly RowSecurity[]> {
  const { rows } = await db.query<{ namespace: string | null; name: string; force: boolean }>(`SELECT
      nullif(n.nspname, current_schema()) AS namespace, c.relname AS name, c.relforcerowsecurity AS force
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relrowsecurity AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  return rows.map(({ namespace, name, force }) => {
    return { kind: 'rowSecurity', namespace, name, table: { namespace, name }, force }
  })
}
