// Whether two programs are the same. The engine writes a view anew as it makes it, so it is asked what it makes of both queries;
// of other programs it keeps the body as it was written, and only what stands before the body in words of its own.

import type { Connection } from '../../database/types.ts'
import { sameData } from '../../schema/canonical.ts'
import type { SchemaObject, View } from '../../schema/object-model.ts'
import { engineSql } from '../../schema/objects.ts'
import type { ObjectPair } from '../dialect.ts'
import { quote } from './literal.ts'
import { samePrograms } from './programs.ts'
import { expressionText } from './render/columns.ts'

export async function sameObjects(db: Connection, pairs: readonly ObjectPair[]): Promise<readonly boolean[]> {
  const answers: boolean[] = []
  for (const { actual, wanted } of pairs) {
    const areViews = actual.kind === 'view' && wanted.kind === 'view'
    answers.push(areViews ? await sameViews(db, actual, wanted) : sameWords(actual, wanted))
  }
  return answers
}

function sameWords(actual: SchemaObject, wanted: SchemaObject): boolean {
  const [was, is] = [textOf(actual), textOf(wanted)]
  return was !== null && is !== null && samePrograms(was, is)
}

function textOf(object: SchemaObject): string | null {
  const given = object.kind === 'view' ? object.query : 'text' in object ? object.text : null
  if (given === null || typeof given === 'string') return null
  const own = engineSql(given, 'mysql')
  return own === null ? null : expressionText(own)
}

async function sameViews(db: Connection, actual: View, wanted: View): Promise<boolean> {
  if (!sameData(actual.options, wanted.options)) return false
  if (sameData(actual.columns, wanted.columns) && sameWords(actual, wanted)) return true
  const was = await understood(db, actual)
  return was !== null && was === (await understood(db, wanted))
}

/**
 * The query with its columns' names as the engine reads it, which a note tells after EXPLAIN (explain.html in the manuals
 * of both); null where it does not compile. Nothing is run.
 */
async function understood(db: Connection, view: View): Promise<string | null> {
  const query = textOf(view)
  if (query === null) return null
  const columns = view.columns === null ? '' : `(${view.columns.map(quote).join(',')})`
  const explain = db.server.product === 'MariaDB' ? 'EXPLAIN EXTENDED' : 'EXPLAIN'
  try {
    await db.query(
      `${explain} WITH aludel_view${columns} AS (${query.trim().replace(/;$/, '')}\n) SELECT * FROM aludel_view`,
    )
    const { rows } = await db.query<{ Code: number; Message: string }>('SHOW WARNINGS')
    const told = rows.find(({ Code }) => Number(Code) === 1003)?.Message ?? null
    // Names that were given beside the query stand in it, too.
    return told === null || columns === '' ? told : told.replace(`aludel_view${columns}`, () => 'aludel_view')
  } catch {
    return null
  }
}
