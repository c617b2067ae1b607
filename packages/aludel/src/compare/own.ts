// Operations with the model's own objects: what is written names neutral types, whatever engine was compared.

import { exclusionsOf } from '../ops/exclusions.ts'
import type { Op } from '../ops/operations.ts'
import { canonicalJson, sameData } from '../schema/canonical.ts'
import { findColumn, findEnum, tableFinder } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'

/**
 * Puts the model's objects in the place of their normalized doubles. What the engine does by itself (SQLite numbers a
 * key of one integer) is then no change, and is left out.
 */
export function withOwnObjects(ops: readonly Op[], model: Schema, actual: Schema): readonly Op[] {
  const find = tableFinder(model)
  const passing = passingKeys(ops)
  return ops.map((op) => ownOp(op, { model, find, passing })).flatMap((op) => realChange(op, actual))
}

function realChange(op: Op, actual: Schema): readonly Op[] {
  const old = op.kind === 'alterColumn' ? findColumn(actual, op.table, op.column) : null
  if (op.kind !== 'alterColumn' || old === null || !('identity' in op.set) || !sameData(old.identity, op.set.identity))
    return [op]
  const { identity: _, ...set } = op.set
  return Object.keys(set).length === 0 ? [] : [{ ...op, set }]
}

type FindTable = ReturnType<typeof tableFinder>

interface Own {
  readonly model: Schema
  readonly find: FindTable
  /** What an operation sets only for a while. */
  readonly passing: ReadonlyMap<Op, ReadonlySet<string>>
}

/** A default that is in the way steps aside first, and only what comes last is what the model says. */
function passingKeys(ops: readonly Op[]): ReadonlyMap<Op, ReadonlySet<string>> {
  const later = new Set<string>()
  const passing = new Map<Op, ReadonlySet<string>>()
  for (const op of ops.toReversed()) {
    if (op.kind !== 'alterColumn') continue
    const place = (key: string) => canonicalJson([op.table, op.column, key])
    const keys = Object.keys(op.set)
    passing.set(op, new Set(keys.filter((key) => later.has(place(key)))))
    for (const key of keys) later.add(place(key))
  }
  return passing
}

function ownOp(op: Op, { model, find, passing }: Own): Op {
  switch (op.kind) {
    case 'createTable': {
      const own = find(op.table)
      return own === null ? op : { ...op, table: withoutTriggers(withForeignKeysOf(own, op.table)) }
    }
    case 'addColumn': {
      const own = find(op.table)?.columns.find((column) => column.name === op.column.name)
      return own === undefined ? op : { ...op, column: own }
    }
    case 'alterColumn': {
      const own = find(op.table)?.columns.find((column) => column.name === op.column)
      if (own === undefined) return op
      const isPassing = (key: string) => passing.get(op)?.has(key) ?? false
      const kept = Object.entries(op.set).map(([key, value]) => [
        key,
        isPassing(key) ? value : own[key as keyof typeof op.set],
      ])
      return { ...op, set: Object.fromEntries(kept) }
    }
    case 'createEnum':
    case 'setEnumValues': {
      const own = findEnum(model, op.enumeration)
      return own === null ? op : { ...op, enumeration: own }
    }
    default:
      return ownPart(op, find)
  }
}

/** Keys, checks and indexes, found again by their name. */
function ownPart(op: Op, find: FindTable): Op {
  const table = 'table' in op && 'name' in op.table ? find(op.table) : null
  if (table === null) return op
  switch (op.kind) {
    case 'createIndex':
      return { ...op, index: table.indexes.find((one) => one.name === op.index.name) ?? op.index }
    case 'createUniqueConstraint':
      return ownUnique(op, table)
    case 'createPrimaryKey':
      return { ...op, primaryKey: table.primaryKey ?? op.primaryKey }
    case 'createForeignKey':
      return { ...op, foreignKey: table.foreignKeys.find((one) => one.name === op.foreignKey.name) ?? op.foreignKey }
    case 'createCheckConstraint':
      return { ...op, check: table.checks.find((one) => one.name === op.check.name) ?? op.check }
    case 'createExcludeConstraint':
      return { ...op, exclusion: exclusionsOf(table).find((one) => one.name === op.exclusion.name) ?? op.exclusion }
    default:
      return op
  }
}

// An engine that takes a unique index and a unique constraint for one thing reports a constraint; the model may say index.
function ownUnique(op: Op<'createUniqueConstraint'>, table: Table): Op {
  const unique = table.uniques.find((one) => one.name === op.unique.name)
  if (unique !== undefined) return { ...op, unique }
  const index = table.indexes.find((one) => one.name === op.unique.name)
  return index === undefined ? op : { kind: 'createIndex', table: op.table, index, ifNotExists: false }
}

/** Triggers that a model says with its table are made by operations of their own. */
function withoutTriggers(table: Table): Table {
  return table.sqlite === null ? table : { ...table, sqlite: { ...table.sqlite, triggers: [] } }
}

/** The model's table, without the foreign keys that the other leaves for later. */
function withForeignKeysOf(own: Table, other: Table): Table {
  const kept = own.foreignKeys.filter((key) => other.foreignKeys.some((one) => one.name === key.name))
  return kept.length === own.foreignKeys.length ? own : { ...own, foreignKeys: kept }
}
