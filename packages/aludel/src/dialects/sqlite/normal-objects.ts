// Views and triggers as SQLite would report them; it has nothing else beside tables.

import type { Schema } from '../../schema/model.ts'
import type { SchemaObject, Trigger } from '../../schema/object-model.ts'
import { engineSql } from '../../schema/objects.ts'
import { type EngineSql, rawSql } from '../../schema/sql.ts'
import { parseTrigger, plainTrigger, triggerName } from './introspect/programs.ts'
import { text } from './render/table.ts'

export function normalObjects({ tables, objects }: Schema): readonly SchemaObject[] {
  const own = objects.flatMap(normalObject)
  const known = new Set(own.flatMap((one) => (one.kind === 'trigger' ? [one.name.toLowerCase()] : [])))
  const read = tables.flatMap(({ name, sqlite }) =>
    (sqlite?.triggers ?? [])
      .filter((sql) => !known.has(triggerName(sql)))
      .map((sql): Trigger => parseTrigger(plainTrigger(sql), triggerName(sql), name)),
  )
  return [...own, ...read]
}

/** Nothing for what SQLite has not, or was given no text of its own. */
function normalObject(object: SchemaObject): readonly SchemaObject[] {
  if (object.kind !== 'view' && object.kind !== 'trigger') return []
  const given = engineSql(object.kind === 'view' ? object.query : object.text, 'sqlite')
  if (given === null) return []
  const own = text(given)
    .trim()
    .replace(/[\s;]+$/, '')
  const all = (sql: string): EngineSql => ({ all: rawSql(sql) })
  if (object.kind === 'trigger') return [{ ...object, namespace: null, text: all(plainTrigger(own)) }]
  return [{ ...object, namespace: null, query: all(own), comment: null, options: {}, dependsOn: [] }]
}
