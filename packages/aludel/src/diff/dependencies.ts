// What stands on what in a schema: as the engine told it, and as the schema itself says.

import type { Dependency } from '../schema/catalogue.ts'
import type { Schema, Table, TableName } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import { type ObjectRef, objectRef, partRef, refOf } from '../schema/object-ref.ts'
import { wordsIn, wordsOfProgram } from './words.ts'

export interface Edge extends Dependency {
  /** False where only a word says so, which may mean something else. */
  readonly isSure: boolean
}

/** All of it; what the engine told is sure, and so is what a name in its proper place says. */
export function dependenciesOf(schema: Schema): readonly Edge[] {
  const told = (schema.catalogue?.dependencies ?? []).map((edge) => ({ ...edge, isSure: true }))
  const named = nameTable(schema)
  return [
    ...told,
    ...schema.objects.flatMap((object) => ofObject(object, named)),
    ...schema.tables.flatMap((table) => ofTable(table, named)),
  ]
}

type Named = ReadonlyMap<string, readonly ObjectRef[]>

/** Everything that has a name of its own, by that name. */
function nameTable({ tables, enums, objects }: Schema): Named {
  const named = new Map<string, ObjectRef[]>()
  const add = (ref: ObjectRef | null) => {
    if (ref === null || ref.kind === 'trigger' || ref.kind === 'policy') return
    named.set(ref.name, [...(named.get(ref.name) ?? []), ref])
  }
  for (const table of tables) add(objectRef('table', table))
  for (const type of enums) add(objectRef('enum', type))
  for (const object of objects) add(refOf(object))
  return named
}

function ofObject(object: SchemaObject, named: Named): readonly Edge[] {
  const of = refOf(object)
  if (of === null) return []
  const sure = (refs: readonly ObjectRef[]) => refs.map((on): Edge => ({ of, on, isSure: true }))
  const words = (set: ReadonlySet<string>) => meant(of, set, named)
  const on = (table: TableName) => sure([objectRef('table', table)])
  switch (object.kind) {
    case 'view':
    case 'materializedView':
      return [...object.dependsOn.flatMap(on), ...words(wordsIn(object.query))]
    case 'function':
      return [...object.dependsOn.flatMap(on), ...words(wordsOfProgram(object.text))]
    case 'trigger':
      return [...on(object.table), ...words(wordsOfProgram(object.text))]
    case 'defined':
      return [...(object.table === null ? [] : on(object.table)), ...words(wordsOfProgram(object.text))]
    case 'policy':
      return [...on(object.table), ...words(wordsIn(object.using, object.check))]
    case 'partition':
      return on(object.parent)
    case 'domain':
      return words(wordsIn(...object.checks.map(({ condition }) => condition), typeSql(object.type)))
    case 'compositeType':
      return words(wordsIn(...object.attributes.map(({ type }) => typeSql(type))))
    default:
      return []
  }
}

/** A table's columns and checks may name types, functions and sequences; its foreign keys are ordered by themselves. */
function ofTable(table: Table, named: Named): readonly Edge[] {
  const columns = table.columns.flatMap((column) => {
    const words = wordsIn(
      typeSql(column.type),
      column.default?.kind === 'sql' ? column.default.sql : null,
      column.generated?.expression ?? null,
    )
    // A sequence's name stands in a string.
    const quoted = column.default?.kind === 'sql' ? wordsOfProgram({ all: column.default.sql }) : []
    return meant(partRef('column', table, column.name), new Set([...words, ...quoted]), named)
  })
  const checks = table.checks.flatMap(({ name, condition }) =>
    meant(name === null ? objectRef('table', table) : partRef('constraint', table, name), wordsIn(condition), named),
  )
  const indexes = table.indexes.flatMap(({ name, parts, where }) => {
    const expressions = parts.flatMap(({ of }) => ('expression' in of ? [of.expression] : []))
    return meant(partRef('index', table, name), wordsIn(where, ...expressions), named)
  })
  return [...columns, ...checks, ...indexes].filter(({ on }) => on.kind !== 'table')
}

function typeSql(type: Table['columns'][number]['type']) {
  if (type.kind === 'enumeration') return { parts: [{ name: [type.name] }] }
  return type.kind === 'raw' ? { parts: [type.sql] } : null
}

function meant(of: ObjectRef, words: ReadonlySet<string>, named: Named): readonly Edge[] {
  return [...words].flatMap((word) =>
    (named.get(word) ?? [])
      .filter((on) => on.name !== of.name || on.kind !== of.kind)
      .map((on): Edge => ({ of, on, isSure: false })),
  )
}
