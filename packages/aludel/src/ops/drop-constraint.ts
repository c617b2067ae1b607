// dropConstraint: a key or check by its name, or by its shape where it has none.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import type { ConstraintSelector } from './operations.ts'
import { creationOf, findConstraint, withoutConstraint } from './parts.ts'

export const dropConstraint: OpDefinition<'dropConstraint'> = {
  apply: (schema, op) =>
    updateTable(schema, op.table, (table) => {
      const found = findConstraint(table, op.constraint, op.type)
      return found === null ? table : withoutConstraint(table, found)
    }),
  invert(op, before) {
    const table = findTable(before, op.table)
    const found = table === null ? null : findConstraint(table, op.constraint, op.type)
    if (found !== null) return [creationOf(op.table, found)]
    if (op.ifExists) return []
    return { irreversible: `What ${title(op.constraint)} of table ${tableTitle(op.table)} was like is not known here.` }
  },
  touches(op) {
    const named = 'name' in op.constraint ? [partRef('constraint', op.table, op.constraint.name)] : []
    return touches({ requires: [tableRef(op.table), ...(op.ifExists ? [] : named)], removes: named })
  },
  describe: (op) => `drop ${title(op.constraint)} of table ${tableTitle(op.table)}`,
  print: (op, printer) =>
    printer.call(
      'dropConstraint',
      [
        'name' in op.constraint ? printer.text(op.constraint.name) : printer.data(op.constraint),
        printer.table(op.table),
      ],
      { ...(op.type === null ? {} : { type: op.type }), ...(op.ifExists ? { ifExists: true } : {}) },
    ),
}

function title(selector: ConstraintSelector): string {
  if ('name' in selector) return `constraint "${selector.name}"`
  if ('primaryKey' in selector) return `the primary key (${selector.primaryKey.join(', ')})`
  if ('unique' in selector) return `the unique constraint (${selector.unique.join(', ')})`
  if ('foreignKey' in selector) return `the foreign key (${selector.foreignKey.join(', ')})`
  return `the check (${selector.check})`
}
