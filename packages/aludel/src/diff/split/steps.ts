// What one operation must wait for: another that makes what it needs, or takes away what is in its way.

import { type ObjectRef, partRef, refKey } from '../../ops/definition.ts'
import type { Op } from '../../ops/operations.ts'
import { constraintsOf, findConstraint } from '../../ops/parts.ts'
import { applyOp, definitionOf } from '../../ops/registry.ts'
import { tableKey } from '../../schema/define.ts'
import { enumsIn, findTable } from '../../schema/lookup.ts'
import type { ColumnType, ForeignKey, Schema, Table, TableName } from '../../schema/model.ts'

export interface Step {
  readonly op: Op
  /** The table that it is about, under the name that it had at first; null where it is about none. */
  readonly home: string | null
  readonly requires: ReadonlySet<string>
  readonly provides: ReadonlySet<string>
  readonly removes: ReadonlySet<string>
}

/** Each operation with what it needs, makes and takes away, in the schema in which it runs. */
export function stepsOf(ops: readonly Op[], before: Schema): readonly Step[] {
  let schema = before
  const homes = new Map<string, string>()
  return ops.map((op) => {
    const at = tableOf(op)
    const key = at === null ? null : tableKey(at)
    const home = key === null ? null : (homes.get(key) ?? key)
    if (op.kind === 'renameTable' && home !== null) homes.set(tableKey({ ...op.table, name: op.name }), home)
    const step: Step = { op, home, ...refsOf(op, schema) }
    schema = applyOp(schema, op)
    return step
  })
}

/** True where the later of two must stay the later. */
export function follows(later: Step, earlier: Step): boolean {
  return (
    meet(later.requires, earlier.provides) ||
    meet(later.provides, earlier.removes) ||
    meet(later.removes, earlier.requires) ||
    meet(later.removes, earlier.provides)
  )
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one]
  for (const key of few) if (many.has(key)) return true
  return false
}

function tableOf(op: Op): TableName | null {
  return 'table' in op && typeof op.table === 'object' && 'name' in op.table ? op.table : null
}

interface Refs {
  readonly requires: Set<string>
  readonly provides: Set<string>
  readonly removes: Set<string>
}

function refsOf(op: Op, schema: Schema): Refs {
  const refs: Refs = { requires: new Set(), provides: new Set(), removes: new Set() }
  const touched = definitionOf(op).touches(op)
  if (touched !== 'unknown') {
    for (const way of ['requires', 'provides', 'removes'] as const) note(refs[way], touched[way])
  }
  const at = tableOf(op)
  const table = at === null ? null : findTable(schema, at)
  noteTables(op, table, refs)
  noteConstraints(op, table, refs)
  noteColumns(op, table, refs)
  return refs
}

function note(set: Set<string>, refs: readonly ObjectRef[]): void {
  for (const ref of refs) set.add(refKey(ref))
}

// What stands for a state, not for an object: a key that can be referred to, one that nothing refers to, and so on.
const keyOn = (table: TableName, columns: readonly string[]) =>
  `key ${tableKey(table)} ${[...columns].sort().join('\0')}`
const free = (key: string) => `free ${key}`
const tableFree = (table: TableName) => free(`table ${tableKey(table)}`)
const columnFree = (table: TableName, column: string) => free(refKey(partRef('column', table, column)))
const nameOf = ({ namespace }: TableName, name: string) => `name ${tableKey({ namespace, name })}`
const enumOf = (type: TableName) => `enum ${tableKey(type)}`

function noteTables(op: Op, table: Table | null, { requires, provides, removes }: Refs): void {
  if (op.kind === 'createTable') {
    for (const key of op.table.foreignKeys) noteReference(key, requires)
    for (const name of keysAndNames(op.table)) provides.add(name)
    for (const type of enumsIn(op.table.columns)) requires.add(enumOf(type))
  }
  if (op.kind === 'dropTable' && table !== null) {
    requires.add(tableFree(table))
    for (const key of table.foreignKeys) noteRelease(key, provides)
    for (const name of keysAndNames(table)) removes.add(name)
    for (const type of enumsIn(table.columns)) provides.add(free(enumOf(type)))
  }
  if (op.kind === 'renameTable') {
    removes.add(nameOf(op.table, op.table.name))
    provides.add(nameOf(op.table, op.name))
  }
}

/** Tables, keys and indexes share their names on some engines: one that goes makes place for one that comes. */
function keysAndNames(table: Table): readonly string[] {
  const constraints = constraintsOf(table)
  const names = [table, ...table.indexes, ...constraints.map(({ value }) => value)].flatMap(({ name }) => name ?? [])
  const keys = constraints.flatMap((found) =>
    found.type === 'primaryKey' || found.type === 'unique' ? [keyOn(table, found.value.columns)] : [],
  )
  return [...keys, ...names.map((name) => nameOf(table, name))]
}

/** A foreign key stands on a key of its referent, and on columns of the right types. */
function noteReference({ referent, referentColumns }: ForeignKey, requires: Set<string>): void {
  requires.add(keyOn(referent, referentColumns))
  for (const column of referentColumns) requires.add(refKey(partRef('column', referent, column)))
}

function noteRelease({ referent, referentColumns }: ForeignKey, provides: Set<string>): void {
  provides.add(tableFree(referent))
  provides.add(free(keyOn(referent, referentColumns)))
  for (const column of referentColumns) provides.add(columnFree(referent, column))
}

function noteConstraints(op: Op, table: Table | null, { requires, provides, removes }: Refs): void {
  switch (op.kind) {
    case 'createForeignKey':
      noteReference(op.foreignKey, requires)
      break
    case 'createPrimaryKey':
    case 'createUniqueConstraint': {
      const key = op.kind === 'createPrimaryKey' ? op.primaryKey : op.unique
      if (key.name !== null) provides.add(nameOf(op.table, key.name))
      provides.add(keyOn(op.table, key.columns))
      break
    }
    case 'createIndex':
      provides.add(nameOf(op.table, op.index.name))
      break
    case 'dropIndex':
      removes.add(nameOf(op.table, op.name))
      break
    case 'renameIndex':
    case 'renameConstraint':
      removes.add(nameOf(op.table, op.kind === 'renameIndex' ? op.index : op.constraint))
      provides.add(nameOf(op.table, op.name))
      break
    case 'dropConstraint':
      noteDropped(op, table, { requires, provides, removes })
  }
}

function noteDropped(op: Op<'dropConstraint'>, table: Table | null, { requires, provides, removes }: Refs): void {
  const found = table === null ? null : findConstraint(table, op.constraint, op.type)
  if (found === null) return
  if (found.value.name !== null) removes.add(nameOf(op.table, found.value.name))
  if (found.type === 'foreignKey') noteRelease(found.value, provides)
  if (found.type !== 'primaryKey' && found.type !== 'unique') return
  removes.add(keyOn(op.table, found.value.columns))
  requires.add(free(keyOn(op.table, found.value.columns)))
}

function noteColumns(op: Op, table: Table | null, { requires, provides, removes }: Refs): void {
  const types = (list: readonly ColumnType[]) =>
    list.flatMap((type) => (type.kind === 'enumeration' ? [enumOf(type)] : []))
  const typesOf = (column: string) =>
    types((table?.columns ?? []).flatMap(({ name, type }) => (name === column ? type : [])))
  const release = (column: string) => {
    for (const type of typesOf(column)) provides.add(free(type))
  }
  switch (op.kind) {
    case 'addColumn':
      for (const type of types([op.column.type])) requires.add(type)
      break
    case 'dropColumn':
      requires.add(columnFree(op.table, op.column))
      release(op.column)
      break
    case 'alterColumn':
      if (op.set.type === undefined) break
      requires.add(columnFree(op.table, op.column))
      // As it was it is gone, and as it will be it comes.
      provides.add(refKey(partRef('column', op.table, op.column)))
      removes.add(refKey(partRef('column', op.table, op.column)))
      for (const type of types([op.set.type])) requires.add(type)
      release(op.column)
      break
    case 'createEnum':
      provides.add(enumOf(op.enumeration))
      break
    case 'dropEnum':
      requires.add(free(enumOf(op.enumeration)))
      break
    case 'setEnumValues':
    case 'renameEnumValue':
      provides.add(enumOf(op.enumeration))
      requires.add(free(enumOf(op.enumeration)))
      for (const { table: at, column } of op.columns) requires.add(refKey(partRef('column', at, column)))
  }
}
