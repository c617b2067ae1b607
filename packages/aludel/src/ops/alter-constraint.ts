// alterConstraint: when a constraint is checked, and whether rows from before it need to be held to it.

import { sameData } from '../schema/canonical.ts'
import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import type { ConstraintChange } from './operations.ts'
import { type FoundConstraint, findConstraint } from './parts.ts'
import { isNotValid, withValidity } from './validity.ts'

export const alterConstraint: OpDefinition<'alterConstraint'> = {
  apply: (schema, { table: at, constraint, set }) =>
    updateTable(schema, at, (table) => {
      const { notValid, deferrable } = set
      const settled = notValid === undefined ? table : withValidity(table, constraint, notValid)
      if (deferrable === undefined) return settled
      return {
        ...settled,
        foreignKeys: settled.foreignKeys.map((key) => (key.name === constraint ? { ...key, deferrable } : key)),
      }
    }),
  invert(op, before) {
    const table = findTable(before, op.table)
    const found = table === null ? null : findConstraint(table, { name: op.constraint }, null)
    if (found !== null) return [{ ...op, set: wasOf(found, op.set) }]
    return {
      irreversible: `What constraint "${op.constraint}" of table ${tableTitle(op.table)} was like is not known here.`,
    }
  },
  touches: (op) => touches({ requires: [tableRef(op.table), partRef('constraint', op.table, op.constraint)] }),
  describe: (op) => `change constraint "${op.constraint}" of table ${tableTitle(op.table)}`,
  print: ({ table, constraint, set }, printer) =>
    printer.call('alterConstraint', [printer.text(constraint), printer.table(table), printer.data(given(set))]),
}

function wasOf(found: FoundConstraint, set: ConstraintChange): ConstraintChange {
  const deferrable = found.type === 'foreignKey' ? found.value.deferrable : null
  return {
    ...('deferrable' in set ? { deferrable } : {}),
    ...('notValid' in set ? { notValid: isNotValid(found) } : {}),
  }
}

function given({ deferrable, notValid }: ConstraintChange): Readonly<Record<string, unknown>> {
  const when = sameData(deferrable, null) ? { deferrable: false } : { deferrable: true, initially: deferrable }
  return { ...(deferrable === undefined ? {} : when), ...(notValid === undefined ? {} : { notValid }) }
}
