// Views, routines, triggers and policies of database and model side by side: where texts differ the engine is asked.

import type { Connection } from '../database/types.ts'
import type { Dialect, ObjectPair } from '../dialects/dialect.ts'
import { sameData } from '../schema/canonical.ts'
import type { Schema } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import { objectKey } from '../schema/object-ref.ts'

/** The database's objects with the model's texts wherever the engine says that both mean the same. */
export async function settleObjects(db: Connection, dialect: Dialect, actual: Schema, wanted: Schema): Promise<Schema> {
  const doubles = new Map(wanted.objects.map((object) => [objectKey(object), object]))
  const pairs = actual.objects.flatMap((object): readonly ObjectPair[] => {
    const double = doubles.get(objectKey(object))
    return double === undefined || sameData(object, double) ? [] : [{ actual: object, wanted: double }]
  })
  if (pairs.length === 0) return actual
  const told = pairs.map(({ actual: own, wanted: double }) => withoutText(own, double))
  const open = pairs.filter((pair, at) => hasText(pair.actual) && !sameData(told[at], pair.actual))
  const answers = open.length === 0 ? [] : await dialect.sameObjects(db, open)
  const same = new Set(open.filter((_, at) => answers[at]).map((pair) => pair.actual))
  const settled = new Map(
    pairs.map((pair, at) => [pair.actual, same.has(pair.actual) ? (told[at] ?? pair.actual) : said(pair)]),
  )
  return { ...actual, objects: actual.objects.map((object) => settled.get(object) ?? object) }
}

function hasText({ kind }: SchemaObject): boolean {
  return ['view', 'materializedView', 'function', 'trigger', 'defined', 'policy', 'partition'].includes(kind)
}

/** What an object was said to stand on, and whether it was filled when it was made, is nothing that it is. */
function said({ actual, wanted }: ObjectPair): SchemaObject {
  if (actual.kind === 'materializedView' && wanted.kind === 'materializedView') {
    return { ...actual, dependsOn: wanted.dependsOn, withData: wanted.withData }
  }
  return 'dependsOn' in actual && 'dependsOn' in wanted ? { ...actual, dependsOn: wanted.dependsOn } : actual
}

/** The object with the other's text, and everything else its own. */
function withoutText(actual: SchemaObject, wanted: SchemaObject): SchemaObject {
  const own = said({ actual, wanted })
  if (own.kind === 'view' && wanted.kind === 'view') return { ...own, query: wanted.query, columns: wanted.columns }
  if (own.kind === 'materializedView' && wanted.kind === 'materializedView') return { ...own, query: wanted.query }
  if (own.kind === 'policy' && wanted.kind === 'policy') {
    return { ...own, to: wanted.to, using: wanted.using, check: wanted.check }
  }
  if (own.kind === 'partition' && wanted.kind === 'partition') return { ...own, bounds: wanted.bounds }
  if (own.kind === 'function' && wanted.kind === 'function') return { ...own, text: wanted.text }
  if (own.kind === 'trigger' && wanted.kind === 'trigger') return { ...own, text: wanted.text }
  return own.kind === 'defined' && wanted.kind === 'defined' ? { ...own, text: wanted.text } : own
}
