// Which table comes before which: referents first, and the foreign keys of circles apart.

import { tableKey } from '../schema/define.ts'
import type { ForeignKey, Table } from '../schema/model.ts'

export interface OrderedTables {
  readonly tables: readonly Table[]
  /** Foreign keys that can only be made once every table is there. */
  readonly late: readonly { readonly table: Table; readonly foreignKey: ForeignKey }[]
}

/**
 * The tables so that each follows what it refers to; ties keep the order given. `isReady` answers for foreign keys to
 * tables that are not among these.
 */
export function creationOrder(
  tables: readonly Table[],
  isReady: (foreignKey: ForeignKey) => boolean = () => true,
): OrderedTables {
  const byKey = new Map(tables.map((table) => [tableKey(table), table]))
  const state = new Map<string, 'open' | 'done'>()
  const ordered: Table[] = []
  const late: { table: Table; foreignKey: ForeignKey }[] = []
  for (const root of tables) {
    const stack = state.has(tableKey(root)) ? [] : [root]
    while (stack.length > 0) {
      const table = stack.at(-1) as Table
      const key = tableKey(table)
      if (!state.has(key)) state.set(key, 'open')
      const waiting = referents(table, byKey).find((one) => !state.has(tableKey(one)))
      if (waiting !== undefined) {
        stack.push(waiting)
        continue
      }
      stack.pop()
      if (state.get(key) === 'done') continue
      state.set(key, 'done')
      ordered.push(finished(table, { byKey, state, late, isReady }))
    }
  }
  return { tables: ordered, late }
}

interface Ordering {
  readonly byKey: ReadonlyMap<string, Table>
  readonly state: ReadonlyMap<string, string>
  readonly late: { table: Table; foreignKey: ForeignKey }[]
  readonly isReady: (foreignKey: ForeignKey) => boolean
}

/** The table without the foreign keys to what is not there yet; those are made later. */
function finished(table: Table, { byKey, state, late, isReady }: Ordering): Table {
  const early = table.foreignKeys.filter((key) => {
    const referent = tableKey(key.referent)
    if (referent === tableKey(table)) return true
    return byKey.has(referent) ? state.get(referent) === 'done' : isReady(key)
  })
  for (const foreignKey of table.foreignKeys) if (!early.includes(foreignKey)) late.push({ table, foreignKey })
  return early.length === table.foreignKeys.length ? table : { ...table, foreignKeys: early }
}

function referents(table: Table, byKey: ReadonlyMap<string, Table>): readonly Table[] {
  const referents = [...table.foreignKeys.map(({ referent }) => referent), ...(table.postgres?.inherits ?? [])]
  return referents.flatMap((referent) => byKey.get(tableKey(referent)) ?? [])
}
