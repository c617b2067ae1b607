// Foreign keys stand on keys of their referents: which of them must wait, or step aside, while those keys change.

import { sameData } from '../schema/canonical.ts'
import { tableKey } from '../schema/define.ts'
import type { ForeignKey, Table } from '../schema/model.ts'
import { constraintChanges } from './constraints.ts'

/** A table as it was and as it is to be. */
export interface TablePair {
  readonly before: Table
  readonly after: Table
}

export interface OwnedKey {
  readonly table: Table
  readonly foreignKey: ForeignKey
}

export interface Support {
  /** Foreign keys that stay as they are, but stand on a key that goes: they are dropped before it and made again after. */
  readonly aside: readonly OwnedKey[]
  /** True where the referent has the key and its columns now and keeps them, so that nothing needs to be waited for. */
  isReady(foreignKey: ForeignKey): boolean
}

export function supportOf(pairs: readonly TablePair[]): Support {
  const byKey = new Map(
    pairs.map((pair) => [tableKey(pair.after), { ...pair, ...constraintChanges(pair.before, pair.after) }]),
  )
  const loses = (foreignKey: ForeignKey) =>
    byKey
      .get(tableKey(foreignKey.referent))
      ?.gone.some(({ type, value }) => (type === 'primaryKey' || type === 'unique') && isOn(value, foreignKey)) ?? false
  return {
    aside: [...byKey.values()].flatMap(({ after, come }) =>
      after.foreignKeys
        .filter((foreignKey) => loses(foreignKey) && !come.some(({ value }) => value === foreignKey))
        .map((foreignKey) => ({ table: after, foreignKey })),
    ),
    isReady: (foreignKey) => {
      const pair = byKey.get(tableKey(foreignKey.referent))
      return (
        pair !== undefined && keepsColumns(pair, foreignKey) && !loses(foreignKey) && hasKey(pair.before, foreignKey)
      )
    },
  }
}

function keepsColumns({ before, after }: TablePair, { referentColumns }: ForeignKey): boolean {
  const typeIn = (table: Table, name: string) => table.columns.find((column) => column.name === name)?.type
  return referentColumns.every((name) => sameData(typeIn(before, name), typeIn(after, name)))
}

function hasKey({ primaryKey, uniques }: Table, foreignKey: ForeignKey): boolean {
  return [...(primaryKey === null ? [] : [primaryKey]), ...uniques].some((key) => isOn(key, foreignKey))
}

function isOn(key: { readonly columns: readonly string[] }, { referentColumns }: ForeignKey): boolean {
  return sameData([...key.columns].sort(), [...referentColumns].sort())
}
