// From two schemas to the operations that lead from one to the other, in an order that runs.

import type { Op } from '../ops/operations.ts'
import { selectorOf } from '../ops/parts.ts'
import { applyAll } from '../ops/registry.ts'
import { sameData } from '../schema/canonical.ts'
import { tableKey } from '../schema/define.ts'
import type { EnumType, Schema, Table, TableName } from '../schema/model.ts'
import { asideOps } from './aside.ts'
import { attachedChanges } from './attached.ts'
import { objectChanges } from './objects.ts'
import { creationOrder } from './order.ts'
import { inOrder } from './sequence.ts'
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
  const plain = changes(before, after)
  const aside = asideOps(before, after, plain)
  const ops = aside.length === 0 ? plain : [...aside, ...changes(applyAll(before, aside), after)]
  return inOrder(ops, before, after)
}

function changes(before: Schema, after: Schema): readonly Op[] {
  const tables = tableOps(before, after)
  const releases = releasedSequences(before, applyAll(before, [...tables.drops, ...tables.changes]), after)
  const reached = applyAll(before, [...releases, ...tables.drops, ...tables.changes])
  const objects = objectChanges(reached, after)
  const ops = [
    ...releases,
    ...namespaceCreations(before, after),
    ...objects.drops.filter(goesFirst),
    ...enumCreations(before, after),
    ...objects.creations.filter((op) => comesFirst(op)),
    ...objects.changes.filter((op) => op.kind !== 'createView'),
    ...tables.drops,
    ...tables.changes,
    ...objects.changes.filter((op) => op.kind === 'createView'),
    ...objects.creations.filter((op) => !comesFirst(op)),
    ...objects.drops.filter((op) => !goesFirst(op)),
    ...enumDrops(before, after),
    ...namespaceDrops(before, after),
  ]
  return [...ops, ...attachedChanges(applyAll(before, ops), after)]
}

/** Sequences that stay, but would go with the table or the column that owns them. */
function releasedSequences(before: Schema, reached: Schema, after: Schema): readonly Op[] {
  const stays = new Set(after.objects.flatMap((one) => (one.kind === 'sequence' ? [tableKey(one)] : [])))
  const left = new Set(reached.objects.flatMap((one) => (one.kind === 'sequence' ? [tableKey(one)] : [])))
  return before.objects.flatMap((one): readonly Op[] => {
    const isLost = one.kind === 'sequence' && stays.has(tableKey(one)) && !left.has(tableKey(one))
    return isLost ? [{ kind: 'alterSequence', sequence: nameOf(one), set: { ownedBy: null } }] : []
  })
}

/** What tables do not stand on goes before they change. */
function goesFirst({ kind }: Op): boolean {
  return kind !== 'dropFunction' && kind !== 'dropSequence' && kind !== 'dropDomain' && kind !== 'dropExtension'
}

/** What tables may stand on comes before they change. */
function comesFirst({ kind }: Op): boolean {
  return (
    kind === 'createExtension' ||
    kind === 'createSequence' ||
    kind === 'createDomain' ||
    kind === 'createCompositeType' ||
    kind === 'createFunction'
  )
}

/** What concerns tables: what goes, and gives its names free; then what changes and what comes. */
function tableOps(before: Schema, after: Schema): { readonly drops: readonly Op[]; readonly changes: readonly Op[] } {
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
  const changed = pairs.map((pair) => tableChange(pair.before, pair.after, after))
  const part = (name: keyof TableChange) => changed.flatMap((change) => change[name])
  return {
    drops: [
      ...part('foreignKeyDrops'),
      ...[...aside, ...dropped.late].map(foreignKeyDrop),
      ...dropped.tables.toReversed().map((table): Op => ({ kind: 'dropTable', table: nameOf(table), ifExists: false })),
      ...part('identityDrops'),
      ...part('drops'),
    ],
    changes: [
      ...enumChanges(before, after),
      ...created.tables.map((table): Op => ({ kind: 'createTable', table, ifNotExists: false })),
      ...part('columns'),
      ...part('columnDrops'),
      ...part('creations'),
      ...part('identities'),
      ...part('foreignKeyCreations'),
      ...[...aside, ...created.late].map(foreignKeyCreation),
    ],
  }
}

function foreignKeyDrop({ table, foreignKey }: OwnedKey): Op {
  const constraint = selectorOf({ type: 'foreignKey', value: foreignKey })
  return { kind: 'dropConstraint', table: nameOf(table), constraint, type: 'foreignKey', ifExists: false }
}

function foreignKeyCreation({ table, foreignKey }: OwnedKey): Op {
  return { kind: 'createForeignKey', table: nameOf(table), foreignKey }
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
