// The extensions of a database: of another version or in another namespace than the server gives them by itself.

import type { Connection } from '../../../database/types.ts'
import type { Extension } from '../../../schema/object-model.ts'

// Reading what the server has to offer opens a file for each, so it is asked of what is there alone.
export async function readExtensions(db: Connection): Promise<readonly Extension[]> {
  const { rows } = await db.query<
    Omit<Extension, 'kind'>
  >(`SELECT nullif(n.nspname, current_schema()) AS namespace, e.extname AS name,
      nullif(e.extversion, (SELECT a.default_version FROM pg_available_extensions a WHERE a.name = e.extname)) AS version
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.oid >= 16384 ORDER BY e.extname COLLATE "C"`)
  return rows.map((row) => ({ kind: 'extension', ...row }))
}
