// Constraints under another name: only an index can be renamed, so what is no index is made again and the old one dropped.

import type { Op } from '../../../ops/operations.ts'
import { findTable } from '../../../schema/lookup.ts'
import type { Schema } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import type { AlterOp } from './alter.ts'
import { noExclusions, unknownConstraint } from './refusals.ts'
import { constraintMeant } from './resolve.ts'

export function renameSteps(
  op: Op<'renameConstraint'>,
  schema: Schema,
  abilities: Abilities,
): readonly (readonly AlterOp[])[] {
  const { table, constraint, name, type } = op
  const known = findTable(schema, table)
  const drop = { kind: 'dropConstraint', table, constraint: { name: constraint }, type, ifExists: false } as const
  const found = known === null ? null : constraintMeant(known, drop)
  if (found === null) throw unknownConstraint(drop)
  switch (found.type) {
    case 'exclude':
      throw noExclusions(constraint, table, abilities)
    // It has no name here: there is nothing to change.
    case 'primaryKey':
      return []
    case 'unique':
      return [[{ kind: 'renameIndex', table, index: constraint, name }]]
    case 'check': {
      const check = { ...found.value, name }
      return [
        [
          { ...drop, type: 'check' },
          { kind: 'createCheckConstraint', table, check },
        ],
      ]
    }
    // Not in one ALTER: MySQL takes both together only where it copies nothing, which it does to make a foreign key
    // (https://dev.mysql.com/doc/refman/8.4/en/alter-table.html). The new one comes first, so that one is always there.
    case 'foreignKey': {
      const foreignKey = { ...found.value, name }
      return [[{ kind: 'createForeignKey', table, foreignKey }], [{ ...drop, type: 'foreignKey' }]]
    }
  }
}
