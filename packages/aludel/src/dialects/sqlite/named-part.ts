// The part of a schema that a statement can mean: what it names, and what belongs to that.

import type { Schema, Table } from '../../schema/model.ts'
import type { Trigger, View } from '../../schema/object-model.ts'
import { triggerName } from './introspect/programs.ts'
import { type Token, unquoteString } from './introspect/tokens.ts'

export function namedPart(schema: Schema, tokens: readonly Token[]): Schema {
  const names = new Set(tokens.flatMap(namesIn))
  const isNamed = (name: string) => names.has(name.toLowerCase())
  const triggers = schema.objects.filter((object): object is Trigger => object.kind === 'trigger')
  // Indexes and triggers have names for the whole database, so that one is found without its table.
  const owners = new Set(triggers.filter(({ name }) => isNamed(name)).map(({ table }) => table.name))
  const isMeant = (table: Table) =>
    isNamed(table.name) ||
    owners.has(table.name) ||
    table.indexes.some((index) => isNamed(index.name)) ||
    (table.sqlite?.triggers.some((trigger) => names.has(triggerName(trigger))) ?? false)
  const meant = schema.tables.filter(isMeant)
  const referents = new Set(meant.flatMap((table) => table.foreignKeys.map((key) => key.referent.name.toLowerCase())))
  const tables = schema.tables.filter((table) => meant.includes(table) || referents.has(table.name.toLowerCase()))
  const views = schema.objects.filter(
    (object): object is View => object.kind === 'view' && (isNamed(object.name) || owners.has(object.name)),
  )
  const kept = new Set([...tables, ...views].map(({ name }) => name))
  return { ...schema, tables, objects: [...views, ...triggers.filter(({ table }) => kept.has(table.name))] }
}

// A string can stand where SQLite wants a name.
function namesIn({ kind, value }: Token): readonly string[] {
  if (kind === 'word' || kind === 'name') return [value.toLowerCase()]
  return kind === 'string' ? [unquoteString(value).toLowerCase()] : []
}
