// Who may do what: every right that was given beyond what an object has by itself, and what was taken of that.

import type { Connection } from '../../../database/types.ts'
import type { GrantObject, PrivilegeGranted } from '../../../schema/object-model.ts'
import { argumentTypes } from './routines.ts'
import { ownObject, userNamespaces } from './scope.ts'

interface PrivilegeRow {
  readonly kind: GrantObject['kind']
  readonly namespace: string | null
  readonly name: string
  readonly arguments: string | null
  readonly column: string | null
  readonly to: string
  readonly privilege: string
  readonly grantOption: boolean
  readonly withheld: boolean
}

/** Objects with a list of rights of their own: what they are called, that list, and the one that they would have without it. */
const holders = `
  SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind, nullif(n.nspname, current_schema()) AS namespace,
    c.relname AS name, NULL AS arguments, NULL AS column, c.relowner AS owner, c.relacl AS held,
    acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
  UNION ALL
  SELECT 'table', nullif(n.nspname, current_schema()), c.relname, NULL, a.attname, c.relowner, a.attacl, acldefault('c', c.relowner)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
  UNION ALL
  SELECT 'function', nullif(n.nspname, current_schema()), p.proname, ${argumentTypes}, NULL, p.proowner, p.proacl,
    acldefault('f', p.proowner)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.proacl IS NOT NULL AND p.oid >= 16384 AND ${userNamespaces} AND ${ownObject('pg_proc', 'p.oid')}
  UNION ALL
  SELECT 'type', nullif(n.nspname, current_schema()), t.typname, NULL, NULL, t.typowner, t.typacl, acldefault('T', t.typowner)
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typacl IS NOT NULL AND t.oid >= 16384 AND ${userNamespaces} AND ${ownObject('pg_type', 't.oid')}
  UNION ALL
  SELECT 'namespace', NULL, n.nspname, NULL, NULL, n.nspowner, n.nspacl,
    coalesce((SELECT i.initprivs FROM pg_init_privs i WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid AND i.objsubid = 0),
      acldefault('n', n.nspowner))
  FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND ${userNamespaces} AND ${ownObject('pg_namespace', 'n.oid')}`

export async function readPrivileges(db: Connection): Promise<readonly PrivilegeGranted[]> {
  // Rights of the owner come with the object.
  const rights = (list: string) => `SELECT x.grantee, x.privilege_type, bool_or(x.is_grantable) AS is_grantable
    FROM aclexplode(${list}) x WHERE x.grantee <> o.owner GROUP BY x.grantee, x.privilege_type`
  const { rows } = await db.query<PrivilegeRow>(`SELECT o.kind, o.namespace, o.name, o.arguments, o.column,
      CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r.grantee) END AS to, r.privilege_type AS privilege,
      r.is_grantable AS "grantOption", r.withheld
    FROM (${holders}) o CROSS JOIN LATERAL (
      SELECT h.*, false AS withheld FROM (${rights('o.held')} EXCEPT ${rights('o.usual')}) h
      UNION ALL
      SELECT u.grantee, u.privilege_type, false, true FROM (${rights('o.usual')}) u
      WHERE NOT EXISTS (SELECT FROM aclexplode(o.held) h WHERE h.grantee = u.grantee AND h.privilege_type = u.privilege_type)) r
    ORDER BY o.kind COLLATE "C", o.namespace COLLATE "C", o.name COLLATE "C", o.arguments COLLATE "C", o.column COLLATE "C",
      CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r.grantee) END COLLATE "C", r.privilege_type COLLATE "C"`)
  return rows.map(({ kind, namespace, name, arguments: types, column, to, privilege, grantOption, withheld }) => {
    const on = { kind, namespace, name, arguments: types }
    return { kind: 'privilege', namespace, name, on, to, privilege, column, grantOption, withheld }
  })
}
