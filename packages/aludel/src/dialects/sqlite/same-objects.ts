// Whether two views or triggers are the same: SQLite keeps texts as they were written, so their words decide, not the space between them.

import type { Connection } from '../../database/types.ts'
import type { SchemaObject } from '../../schema/object-model.ts'
import { engineSql } from '../../schema/objects.ts'
import type { ObjectPair } from '../dialect.ts'
import { tokenize } from './introspect/tokens.ts'
import { text } from './render/table.ts'

export async function sameObjects(_db: Connection, pairs: readonly ObjectPair[]): Promise<readonly boolean[]> {
  return pairs.map(({ actual, wanted }) => {
    const [was, is] = [wordsOf(actual), wordsOf(wanted)]
    return was !== null && was === is
  })
}

function wordsOf(object: SchemaObject): string | null {
  const given = object.kind === 'view' ? object.query : object.kind === 'trigger' ? object.text : null
  const own = given === null ? null : engineSql(given, 'sqlite')
  if (own === null) return null
  const columns = object.kind === 'view' ? (object.columns ?? []) : []
  const words = tokenize(text(own)).map(({ kind, value }) =>
    kind === 'word' || kind === 'name' ? value.toLowerCase() : value,
  )
  return JSON.stringify([columns, words])
}
