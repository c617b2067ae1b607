// The operations that one statement amounts to, from what was there before it and after; held against what they make.

import type { Op } from '../../ops/operations.ts'
import { constraintsOf, creationOf, withExpressions } from '../../ops/parts.ts'
import { applyAll } from '../../ops/registry.ts'
import { sameData } from '../../schema/canonical.ts'
import { findTable } from '../../schema/lookup.ts'
import type { Schema, Table, TableName } from '../../schema/model.ts'
import type { SchemaObject, Trigger, View } from '../../schema/object-model.ts'
import { sameSchema } from '../../schema/same.ts'
import { rawSql, type Sql } from '../../schema/sql.ts'
import { isWhollyHeld } from './held.ts'
import { tokenize } from './introspect/tokens.ts'
import type { Reading } from './memory.ts'
import { text } from './render/table.ts'

/** Null where no operations lead there, or the model does not hold all that came. */
export function difference(was: Reading, is: Reading, isAltered: boolean): readonly Op[] | null {
  const [before, after] = [was.schema, is.schema]
  const written = after.tables.filter((table) => definitionIn(before, table) !== table.sqlite?.definition)
  const indexed = after.tables.filter((table) => !sameData(findTable(before, table)?.indexes ?? [], table.indexes))
  if (![...written, ...indexed].every((table) => isWhollyHeld(table, after))) return null
  const tables = tableOps(before, after, isAltered)
  const ops = [...tables, ...objectOps(applyAll(before, tables), after)]
  return sameSchema(comparable(applyAll(before, ops)), comparable(after)) ? ops : null
}

function definitionIn(schema: Schema, at: TableName): string | undefined {
  return findTable(schema, at)?.sqlite?.definition ?? undefined
}

function tableOps(before: Schema, after: Schema, isAltered: boolean): readonly Op[] {
  const gone = before.tables.filter((table) => findTable(after, table) === null)
  const come = after.tables.filter((table) => findTable(before, table) === null)
  const [old, renamed] = [gone[0], come[0]]
  if (isAltered && old !== undefined && renamed !== undefined) {
    return [{ kind: 'renameTable', table: nameOf(old), name: renamed.name }]
  }
  const pairs = after.tables.flatMap((table) => {
    const counterpart = findTable(before, table)
    return counterpart === null ? [] : [[counterpart, table] as const]
  })
  return [
    ...gone.map((table): Op => ({ kind: 'dropTable', table: nameOf(table), ifExists: false })),
    ...come.map((table): Op => ({ kind: 'createTable', table, ifNotExists: false })),
    ...pairs.flatMap(([one, other]) => indexOps(one, other)),
    ...(isAltered ? pairs.flatMap(([one, other]) => columnOps(one, other)) : []),
  ]
}

function indexOps(old: Table, next: Table): readonly Op[] {
  const at = { table: nameOf(next) }
  const isIn = (table: Table) => (name: string) => table.indexes.some((index) => index.name === name)
  const gone = old.indexes.filter(({ name }) => !isIn(next)(name))
  const come = next.indexes.filter(({ name }) => !isIn(old)(name))
  return [
    ...gone.map(({ name }): Op => ({ kind: 'dropIndex', ...at, name, ifExists: false, concurrently: false })),
    ...come.map((index): Op => ({ kind: 'createIndex', ...at, index, ifNotExists: false })),
  ]
}

/** ALTER TABLE adds one column, drops one, or gives one another name. */
function columnOps(old: Table, next: Table): readonly Op[] {
  const at = { table: nameOf(next) }
  const lacks = (table: Table) => (column: { readonly name: string }) =>
    !table.columns.some(({ name }) => name === column.name)
  const [gone] = old.columns.filter(lacks(next))
  const [come] = next.columns.filter(lacks(old))
  if (gone !== undefined && come !== undefined) {
    return [{ kind: 'renameColumn', ...at, column: gone.name, name: come.name }]
  }
  if (gone !== undefined) return [{ kind: 'dropColumn', ...at, column: gone.name, ifExists: false }]
  if (come === undefined) return []
  const had = constraintsOf(old)
  const brought = constraintsOf(next).filter((found) => !had.some((one) => sameData(one, found)))
  return [
    { kind: 'addColumn', ...at, column: come, ifNotExists: false },
    ...brought.map((found) => creationOf(next, found)),
  ]
}

/** Views and triggers that come, go or are written anew because what they name has another name. */
function objectOps(before: Schema, after: Schema): readonly Op[] {
  const views = changes(before, after, isView)
  const viewOps = [
    ...views.gone.map((view): Op => ({ kind: 'dropView', view: nameOf(view), ifExists: false })),
    ...views.come.map((view): Op => ({ kind: 'createView', view, orReplace: false })),
    ...views.changed.map((view): Op => ({ kind: 'createView', view, orReplace: true })),
  ]
  const triggers = changes(applyAll(before, viewOps), after, isTrigger)
  const dropped = ({ table, name }: Trigger): Op => ({ kind: 'dropTrigger', table, name, ifExists: false })
  return [
    ...viewOps,
    ...[...triggers.gone, ...triggers.changed].map(dropped),
    ...[...triggers.come, ...triggers.changed].map((trigger): Op => ({ kind: 'createTrigger', trigger })),
  ]
}

const isView = (object: SchemaObject): object is View => object.kind === 'view'
const isTrigger = (object: SchemaObject): object is Trigger => object.kind === 'trigger'

function changes<T extends SchemaObject>(before: Schema, after: Schema, isOne: (object: SchemaObject) => object is T) {
  const [was, is] = [before.objects.filter(isOne), after.objects.filter(isOne)]
  const find = (list: readonly T[], { name }: T) => list.find((object) => object.name === name)
  return {
    gone: was.filter((object) => find(is, object) === undefined),
    come: is.filter((object) => find(was, object) === undefined),
    changed: is.filter((object) => find(was, object) !== undefined && !sameData(find(was, object), object)),
  }
}

/** As both sides must be: expressions by their words, since SQLite writes a new name in quotes of its own choice. */
function comparable(schema: Schema): Schema {
  const tables = schema.tables.map((table) => ({
    ...withExpressions(table, words),
    sqlite: table.sqlite === null ? null : { ...table.sqlite, definition: null },
  }))
  return { ...schema, tables, enums: [] }
}

function words(fragment: Sql): Sql {
  const spelled = tokenize(text(fragment)).map(({ kind, value }) =>
    kind === 'word' || kind === 'name' ? value.toLowerCase() : value,
  )
  return rawSql(spelled.join(' '))
}

function nameOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}
