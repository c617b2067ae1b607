// What the server does not let go of, or change, while something else stands on it.

import type { Connection } from '../../../database/types.ts'
import type { Dependency } from '../../../schema/catalogue.ts'
import { refKey } from '../../../schema/object-ref.ts'
import { type NamedObject, namesOf, refOfName } from './named.ts'

interface EdgeRow {
  readonly of: NamedObject
  readonly on: NamedObject
}

/**
 * Of checks and indexes only what they call: a column that changes takes them along. A default that takes its numbers
 * from the column's own sequence goes with it, too.
 */
const edges = `SELECT d.classid, d.objid, d.refclassid, d.refobjid, d.refobjsubid FROM pg_depend d
  WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a')
    AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass)
    AND (d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass)
      OR (d.classid = 'pg_attrdef'::regclass AND (d.deptype = 'n' OR d.refobjsubid > 0) AND NOT EXISTS (
        SELECT FROM pg_attrdef f WHERE f.oid = d.objid AND f.adrelid = d.refobjid AND f.adnum = d.refobjsubid
      ) AND NOT EXISTS (
        SELECT FROM pg_depend o JOIN pg_attrdef f ON f.oid = d.objid
        WHERE o.classid = 'pg_class'::regclass AND o.objid = d.refobjid AND o.deptype IN ('a', 'i')
          AND o.refobjid = f.adrelid AND o.refobjsubid = f.adnum))
      OR (d.classid = 'pg_constraint'::regclass AND d.refclassid IN ('pg_proc'::regclass, 'pg_type'::regclass)
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.oid = d.objid AND k.contypid = d.refobjid))
      OR (d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_proc'::regclass))`

export async function readDependencies(db: Connection): Promise<readonly Dependency[]> {
  const { rows } = await db.query<{ of: string; on: string }>(`WITH edges AS MATERIALIZED (${edges})
    SELECT DISTINCT to_json(o)::text AS of, to_json(r)::text AS on FROM edges g
    JOIN LATERAL (${namesOf('g.classid', 'g.objid', '0')}) o ON true
    JOIN LATERAL (${namesOf('g.refclassid', 'g.refobjid', 'g.refobjsubid')}) r ON true
    ORDER BY 1, 2`)
  return rows.flatMap((row): readonly Dependency[] => {
    const [of, on] = ([row.of, row.on] as const).map((text) => refOfName(JSON.parse(text) as EdgeRow['of']))
    if (of == null || on == null || refKey(of) === refKey(on)) return []
    return [{ of, on }]
  })
}
