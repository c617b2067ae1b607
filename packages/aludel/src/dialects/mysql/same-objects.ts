// Whether two programs are the same: their texts are kept as they were written, so their words decide, not the space between them.

import type { Connection } from '../../database/types.ts'
import type { SchemaObject } from '../../schema/object-model.ts'
import { engineSql } from '../../schema/objects.ts'
import type { ObjectPair } from '../dialect.ts'
import { expressionText } from './render/columns.ts'
import { isBlank, tokenize } from './tokens.ts'

/** The engine writes a view anew as it makes it, so of two views only texts that are alike in their words count as one. */
export async function sameObjects(_db: Connection, pairs: readonly ObjectPair[]): Promise<readonly boolean[]> {
  return pairs.map(({ actual, wanted }) => {
    const [was, is] = [wordsOf(actual), wordsOf(wanted)]
    return was !== null && was === is
  })
}

function wordsOf(object: SchemaObject): string | null {
  const given = object.kind === 'view' ? object.query : 'text' in object ? object.text : null
  if (given === null || typeof given === 'string') return null
  const own = engineSql(given, 'mysql')
  if (own === null) return null
  const words = [...tokenize(expressionText(own))]
    .filter((token) => !isBlank(token))
    .map(({ kind, text }) => {
      if (kind === 'name') return text.slice(1, -1).replaceAll('``', '`').toLowerCase()
      return kind === 'word' ? text.toLowerCase() : text
    })
  return JSON.stringify(words)
}
