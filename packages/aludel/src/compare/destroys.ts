// What operations take away for ever: said beside them, so that nobody runs them unaware.

import type { Dialect } from '../dialects/dialect.ts'
import { isNarrowing, valuesGone } from '../diff/narrowing.ts'
import type { Op } from '../ops/operations.ts'
import { findColumn, findEnum, findTable } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'

/** What an operation destroys, as the end of a sentence; null where it takes nothing that cannot be had again. */
export function destroys(op: Op, before: Schema, dialect: Pick<Dialect, 'type'>): string | null {
  switch (op.kind) {
    case 'dropTable':
      return `table ${titleOf(op.table)} with its rows`
    case 'dropColumn': {
      const computed = findColumn(before, op.table, op.column)?.generated ?? null
      return computed === null ? `column ${titleOf(op.table)}.${op.column} with its values` : null
    }
    case 'alterColumn': {
      const old = findColumn(before, op.table, op.column)
      const { type } = op.set
      if (old === null || type === undefined || old.generated !== null || !isNarrowing(old.type, type)) return null
      return `values of ${titleOf(op.table)}.${op.column} that ${dialect.type(type)} cannot hold as ${dialect.type(old.type)} did`
    }
    case 'setEnumValues': {
      const gone = valuesGone(findEnum(before, op.enumeration)?.values ?? [], op.enumeration.values)
      return gone.length === 0 ? null : `what rows hold of ${op.enumeration.name}: ${gone.join(', ')}`
    }
    case 'dropSequence':
      return `sequence ${titleOf(op.sequence)} with its position`
    case 'alterTable':
      return findTable(before, op.table)?.postgres?.unlogged === false && op.set.postgres?.unlogged === true
        ? `rows of ${titleOf(op.table)}, in a crash of the server`
        : null
    default:
      return null
  }
}

function titleOf({ namespace, name }: TableName): string {
  return namespace === null ? name : `${namespace}.${name}`
}
