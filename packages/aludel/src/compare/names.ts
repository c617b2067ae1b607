// Names that nobody gave: constraints of a database that was taken over are called as the model calls them.

import { constraintsOf } from '../ops/parts.ts'
import { sameData } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'

/** Unnamed constraints of a database that was taken over get the name of their double in the model. */
export function withModelNames(actual: Schema, model: Schema, chain: () => Schema): Schema {
  const inModel = tableFinder(model)
  let inChain: ReturnType<typeof tableFinder> | null = null
  const chained = (table: Table) => {
    inChain ??= tableFinder(chain())
    return inChain(table)
  }
  return {
    ...actual,
    tables: actual.tables.map((table) => {
      const own = inModel(table)
      return own === null ? table : namedAs(table, own, () => chained(table))
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
