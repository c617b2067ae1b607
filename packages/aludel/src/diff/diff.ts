// From two schemas to the operations that lead from one to the other, in an order that runs.

import type { Op } from '../ops/operations.ts'
import { selectorOf } from '../ops/parts.ts'
import { sameData } from '../schema/canonical.ts'
import { tableKey } from '../schema/define.ts'
import type { EnumType, Schema, Table, TableName } from '../schema/model.ts'
import { creationOrder } from './order.ts'
import { type OwnedKey, supportOf, type TablePair } from './support.ts'
import { type TableChange, tableChange } from './table.ts'

/**
 * The operations that make `after` of `before`. Both are compared as they are: spellings that an engine takes for the
 * same are the caller's to settle.
 *
 * Order: foreign keys go before what they stand on and come after it; what goes gives its names free before anything
 * new comes; what new objects need comes before them.
 */
export function diff(before: Schema, after: Schema): readonly Op[] {
  const [was, is] = [byKey(before.tables), byKey(after.tables)]
  const pairs = after.tables.flatMap((table): readonly TablePair[] => {
    const old = was.get(tableKey(table))
    return old === undefined ? [] : [{ before: old, after: table }]
  })
  const { aside, isReady } = supportOf(pairs)
  const created = creationOrder(
    after.tables.filter((table) => !was.has(tableKey(table))),
    isReady,
  )
  const dropped = creationOrder(before.tables.filter((table) => !is.has(tableKey(table))))
  const changes = pairs.map((pair) => tableChange(pair.before, pair.after, after))
  const part = (name: keyof TableChange) => changes.flatMap((change) => change[name])
  return [
    ...namespaceCreations(before, after),
    ...enumCreations(before, after),
    ...part('foreignKeyDrops'),
    ...[...aside, ...dropped.late].map(foreignKeyDrop),
    ...dropped.tables.toReversed().map((table): Op => ({ kind: 'dropTable', table: nameOf(table), ifExists: false })),
    ...part('identityDrops'),
    ...part('drops'),
    ...enumChanges(before, after),
    ...created.tables.map((table): Op => ({ kind: 'createTable', table, ifNotExists: false })),
    ...part('columns'),
    ...part('columnDrops'),
    ...part('creations'),
    ...part('identities'),
    ...part('foreignKeyCreations'),
    ...[...aside, ...created.late].map(foreignKeyCreation),
    ...enumDrops(before, after),
    ...namespaceDrops(before, after),
  ]
}

function foreignKeyDrop({ table, foreignKey }: OwnedKey): Op {
  const constraint = selectorOf({ type: 'foreignKey', value: foreignKey })
  return { kind: 'dropConstraint', table: nameOf(table), constraint, type: 'foreignKey', ifExists: false }
}

function foreignKeyCreation({ table, foreignKey }: OwnedKey): Op {
  return { kind: 'createForeignKey', table: nameOf(table), foreignKey, notValid: false }
}

function byKey(tables: readonly Table[]): ReadonlyMap<string, Table> {
  return new Map(tables.map((table) => [tableKey(table), table]))
}

function nameOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}

function namespaceCreations(before: Schema, after: Schema): readonly Op[] {
  return after.namespaces
    .filter((name) => !before.namespaces.includes(name))
    .map((name) => ({ kind: 'createNamespace', name, ifNotExists: false }))
}

function namespaceDrops(before: Schema, after: Schema): readonly Op[] {
  return before.namespaces
    .filter((name) => !after.namespaces.includes(name))
    .map((name) => ({ kind: 'dropNamespace', name, ifExists: false }))
}

function enumCreations(before: Schema, after: Schema): readonly Op[] {
  const was = new Set(before.enums.map(tableKey))
  return after.enums
    .filter((type) => !was.has(tableKey(type)))
    .map((enumeration) => ({ kind: 'createEnum', enumeration }))
}

function enumDrops(before: Schema, after: Schema): readonly Op[] {
  const is = new Set(after.enums.map(tableKey))
  return before.enums
    .filter((type) => !is.has(tableKey(type)))
    .map((type) => ({ kind: 'dropEnum', enumeration: nameOf(type) }))
}

function enumChanges(before: Schema, after: Schema): readonly Op[] {
  const was = new Map(before.enums.map((type) => [tableKey(type), type]))
  return after.enums.flatMap((enumeration): readonly Op[] => {
    const old = was.get(tableKey(enumeration))
    if (old === undefined || sameData(old.values, enumeration.values)) return []
    return [{ kind: 'setEnumValues', enumeration, columns: columnsOf(before, after, enumeration), replace: {} }]
  })
}

/** The columns that have the type now and later: tables that go are gone by then. */
function columnsOf(
  before: Schema,
  after: Schema,
  type: EnumType,
): readonly { readonly table: TableName; readonly column: string }[] {
  const stays = byKey(after.tables)
  return before.tables
    .filter((table) => stays.has(tableKey(table)))
    .flatMap((table) =>
      table.columns
        .filter((column) => column.type.kind === 'enumeration' && tableKey(column.type) === tableKey(type))
        .map((column) => ({ table: nameOf(table), column: column.name })),
    )
}
