// What is said of objects; tables, their columns and views are told with what is said of them.

import type { Connection } from '../../../database/types.ts'
import type { Comment } from '../../../schema/object-model.ts'
import type { ObjectRef } from '../../../schema/object-ref.ts'
import { type NamedObject, namesOf, refOfName } from './named.ts'

interface CommentRow extends NamedObject {
  readonly text: string
}

export async function readComments(db: Connection): Promise<readonly Comment[]> {
  // What an extension or the first namespace says of itself is not the user's word.
  const { rows } = await db.query<CommentRow>(`WITH said AS (
      SELECT d.classoid AS class, d.objoid AS object, d.objsubid AS part, d.description AS text FROM pg_description d
      WHERE (d.objoid >= 16384 OR (d.classoid = 'pg_namespace'::regclass AND d.description <> 'standard public schema'
          AND d.objoid = (SELECT s.oid FROM pg_namespace s WHERE s.nspname = 'public')))
        AND (d.classoid <> 'pg_class'::regclass OR EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objoid
          AND c.relkind NOT IN ('r', 'p', 'f') AND (c.relkind <> 'v' OR d.objsubid > 0)))
        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
        AND NOT EXISTS (SELECT FROM pg_extension x JOIN pg_available_extensions a ON a.name = x.extname
          WHERE d.classoid = 'pg_extension'::regclass AND x.oid = d.objoid AND a.comment = d.description))
    SELECT o.*, said.text FROM said JOIN LATERAL (${namesOf('said.class', 'said.object', 'said.part')}) o ON true`)
  return rows.flatMap((row): readonly Comment[] => {
    const on = refOfName(row)
    return on === null ? [] : [commentOn(on, row.text)]
  })
}

function commentOn(on: ObjectRef, text: string): Comment {
  return { kind: 'comment', namespace: on.namespace, name: on.name, on, text }
}
