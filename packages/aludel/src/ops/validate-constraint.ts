// validateConstraint: the rows that were there before a constraint made with `notValid` are looked at, too.

import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import type { Check, ForeignKey, Table } from '../schema/model.ts'
import { unlessPlain } from '../schema/postgres-model.ts'
import { type OpDefinition, partRef, tableRef, touches } from './definition.ts'
import { creationOf, type FoundConstraint, findConstraint } from './parts.ts'

export const validateConstraint: OpDefinition<'validateConstraint'> = {
  apply: (schema, op) => updateTable(schema, op.table, (table) => withValid(table, op.constraint)),
  // A constraint that holds for every row is not made to hold for fewer, but it can be made anew.
  invert({ table: at, constraint }, before) {
    const table = findTable(before, at)
    const found = table === null ? null : findConstraint(table, { name: constraint }, null)
    if (found === null || !isNotValid(found)) return []
    return [
      { kind: 'dropConstraint', table: at, constraint: { name: constraint }, type: found.type, ifExists: false },
      creationOf(at, found),
    ]
  },
  touches: (op) => touches({ requires: [tableRef(op.table), partRef('constraint', op.table, op.constraint)] }),
  describe: (op) => `validate constraint "${op.constraint}" of table ${tableTitle(op.table)}`,
  print: (op, printer) => printer.call('validateConstraint', [printer.text(op.constraint), printer.table(op.table)]),
}

function isNotValid(found: FoundConstraint): boolean {
  return (found.type === 'check' || found.type === 'foreignKey') && (found.value.postgres?.notValid ?? false)
}

function withValid(table: Table, name: string): Table {
  return {
    ...table,
    checks: table.checks.map((one) => (one.name === name ? validCheck(one) : one)),
    foreignKeys: table.foreignKeys.map((one) => (one.name === name ? validForeignKey(one) : one)),
  }
}

/** The check as it is once every row has been looked at. */
export function validCheck(check: Check): Check {
  const { postgres } = check
  if (!postgres?.notValid) return check
  return { ...check, postgres: unlessPlain({ ...postgres, notValid: false }, { notValid: false, noInherit: false }) }
}

export function validForeignKey(key: ForeignKey): ForeignKey {
  const { postgres } = key
  if (!postgres?.notValid) return key
  return { ...key, postgres: unlessPlain({ ...postgres, notValid: false }, { notValid: false, setColumns: [] }) }
}
