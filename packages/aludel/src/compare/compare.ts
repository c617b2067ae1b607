// Actual against wanted: what migrate and check share.

import type { Connection } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { diff } from '../diff/diff.ts'
import { isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { constraintsOf } from '../ops/parts.ts'
import { invertAll } from '../ops/registry.ts'
import { sameData } from '../schema/canonical.ts'
import { findTable, tableTitle } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'
import { refKey, refOf } from '../schema/object-ref.ts'
import { inChainWords } from './chain.ts'
import { settleExpressions } from './expressions.ts'
import { withOwnObjects } from './own.ts'
import { type CompareScope, withinScope } from './scope.ts'

export interface CompareRequest {
  readonly db: Connection
  readonly dialect: Dialect
  readonly wanted: Schema
  readonly scope: CompareScope
  /** The schema that the chain of revisions makes; asked only where it matters. */
  chain(): Schema
}

export interface Comparison {
  /** What makes the database as the models say. */
  readonly upgrade: readonly Op[]
  /** What takes it back. */
  readonly downgrade: readonly Op[]
  /** What was seen and left alone, a sentence each. */
  readonly notes: readonly string[]
  /** Why parts of the way back cannot be written, a sentence each. */
  readonly remarks: readonly string[]
}

export async function compare({ db, dialect, wanted, scope, chain: foldChain }: CompareRequest): Promise<Comparison> {
  const chain = once(foldChain)
  const model = withinScope(wanted, scope)
  const normal = dialect.normalize(model)
  const found = withinScope(await dialect.introspect(db, 'all'), scope)
  const kept = withoutStrangers(found, normal, () => dialect.normalize(chain()))
  const named = withModelNames(kept.schema, normal, chain)
  const actual = await settleExpressions(db, dialect, named, normal)
  const ops = diff(actual, normal)
  if (ops.length === 0) return { upgrade: [], downgrade: [], notes: kept.notes, remarks: [] }
  const upgrade = withOwnObjects(ops, model, actual)
  const back = invertAll(upgrade, inChainWords(actual, chain(), dialect))
  return isIrreversible(back)
    ? { upgrade, downgrade: [], notes: kept.notes, remarks: [`Write the way back by hand: ${back.irreversible}`] }
    : { upgrade, downgrade: back, notes: kept.notes, remarks: [] }
}

/** Folding a chain loads every revision, so it is done when it is asked for, and once. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | null = null
  return () => {
    done ??= { value: work() }
    return done.value
  }
}

/** A table that neither the models nor the chain know is somebody else's: it is told, and never dropped. */
function withoutStrangers(
  actual: Schema,
  model: Schema,
  chain: () => Schema,
): { readonly schema: Schema; readonly notes: readonly string[] } {
  const extra = actual.tables.filter((table) => findTable(model, table) === null)
  const known = extra.length === 0 ? null : chain()
  const strangers = extra.filter((table) => known === null || findTable(known, table) === null)
  const used = new Set(
    [...model.tables, ...actual.tables.filter((table) => !strangers.includes(table))].map((table) => table.namespace),
  )
  return {
    schema: {
      tables: actual.tables.filter((table) => !strangers.includes(table)),
      enums: actual.enums.filter((type) => isOwned(type, actual, strangers, model)),
      namespaces: actual.namespaces.filter((name) => model.namespaces.includes(name) || used.has(name)),
      objects: declaredObjects(actual, model, chain),
      catalogue: null,
    },
    notes: strangers.map(
      (table) => `Table ${tableTitle(table)} is in neither the models nor a revision; it is left alone.`,
    ),
  }
}

/** What stands beside tables is compared where the models or the chain declare it; all else is somebody else's. */
function declaredObjects(actual: Schema, model: Schema, chain: () => Schema): Schema['objects'] {
  if (actual.objects.length === 0) return []
  const declared = new Set([...model.objects, ...chain().objects].map(keyOf))
  return actual.objects.filter((object) => declared.has(keyOf(object)))
}

function keyOf(object: Schema['objects'][number]): string {
  const ref = refOf(object)
  return `${object.kind}\n${ref === null ? tableTitle(object) : refKey(ref)}`
}

/** An enumeration is compared where the model has it, or where a table of ours uses it. */
function isOwned(
  type: { readonly namespace: string | null; readonly name: string },
  actual: Schema,
  strangers: readonly Table[],
  model: Schema,
): boolean {
  const uses = (table: Table) =>
    table.columns.some(
      ({ type: own }) => own.kind === 'enumeration' && own.name === type.name && own.namespace === type.namespace,
    )
  return (
    model.enums.some((one) => one.name === type.name && one.namespace === type.namespace) ||
    actual.tables.some((table) => !strangers.includes(table) && uses(table))
  )
}

/** Unnamed constraints of a database that was taken over get the name of their double in the model. */
function withModelNames(actual: Schema, model: Schema, chain: () => Schema): Schema {
  return {
    ...actual,
    tables: actual.tables.map((table) => {
      const own = findTable(model, table)
      return own === null ? table : namedAs(table, own, () => findTable(chain(), table))
    }),
  }
}

/**
 * A primary key over the same columns whose name no revision gave: PostgreSQL names one by itself, and other tools leave
 * it so. Making it anew for a name would build its index again and stop everything that refers to it.
 */
function isRenamedElsewhere(table: Table, model: Table, inChain: () => Table | null): boolean {
  const [key, wanted] = [table.primaryKey, model.primaryKey]
  if (key === null || wanted === null || !sameData(key.columns, wanted.columns)) return false
  return key.name === null || (key.name !== wanted.name && inChain()?.primaryKey?.name !== key.name)
}

function namedAs(table: Table, model: Table, inChain: () => Table | null): Table {
  const taken = new Set(constraintsOf(table).map((found) => found.value.name))
  const name = <T extends { readonly name: string | null }>(part: T, doubles: readonly T[]): T => {
    if (part.name !== null) return part
    const double = doubles.find((one) => !taken.has(one.name) && sameData({ ...one, name: null }, part))
    if (double === undefined) return part
    taken.add(double.name)
    return { ...part, name: double.name }
  }
  return {
    ...table,
    primaryKey: isRenamedElsewhere(table, model, inChain) ? model.primaryKey : table.primaryKey,
    uniques: table.uniques.map((part) => name(part, model.uniques)),
    foreignKeys: table.foreignKeys.map((part) => name(part, model.foreignKeys)),
    checks: table.checks.map((part) => name(part, model.checks)),
  }
}
