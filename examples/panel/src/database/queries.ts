// What queries need that SQL of three engines does not say alike.

import type { Insertable, Kysely } from 'kysely'
import type { Database } from '../models.ts'

export type Db = Kysely<Database>

type Numbered = 'user' | 'server' | 'forum_category' | 'forum_thread' | 'forum_post'

/** Inserts a row and gives its number: by RETURNING where the engine has it, else as the engine tells it. */
export async function insertNumbered<Table extends Numbered>(
  db: Db,
  table: Table,
  values: Insertable<Database[Table]>,
): Promise<number> {
  // Kysely cannot see that what holds for each of the tables holds for all of them.
  const insert = db.insertInto(table as 'forum_category').values(values as Insertable<Database['forum_category']>)
  if (!db.getExecutor().adapter.supportsReturning) return Number((await insert.executeTakeFirstOrThrow()).insertId)
  const { id } = await insert.returning('id').executeTakeFirstOrThrow()
  return id
}
