// The values of enumerations: each column of one is restated, and its rows changed while old and new values are both there.

import { defaultAfter, type EnumValuesOp, replacementsOf, valuesAfter } from '../../../ops/enum-values.ts'
import type { ColumnChange, Replacements } from '../../../ops/operations.ts'
import { findColumn, sameName } from '../../../schema/lookup.ts'
import type { Column, Schema, TableName } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { literal, quote } from '../literal.ts'
import { alterClauses } from './alter.ts'
import { alterDrafts, type Draft } from './drafts.ts'
import { noEnumeration, tableText, unknownObject } from './refusals.ts'

export function enumDrafts(op: EnumValuesOp, schema: Schema, abilities: Abilities): readonly Draft[] {
  return tablesOf(op).flatMap((table) => {
    const columns = op.columns
      .filter((one) => sameName(one.table, table))
      .map(({ column }) => knownColumn(op, table, findColumn(schema, table, column), column))
    const altered = (change: (column: Column) => ColumnChange) => {
      const clauses = columns.flatMap((column) =>
        alterClauses(
          [{ kind: 'alterColumn', table, column: column.name, set: change(column), using: null }],
          schema,
          abilities,
        ),
      )
      return alterDrafts(table, clauses, abilities)
    }
    const replace = replacementsOf(op)
    const narrow = altered((column) => ({
      type: typeOf(op, valuesAfter(op, valuesIn(column))),
      ...(defaultAfter(column.default, replace) === column.default
        ? {}
        : { default: defaultAfter(column.default, replace) }),
    }))
    if (Object.keys(replace).length === 0 || isSameText(op)) return narrow
    const widen = altered((column) => {
      const held = valuesIn(column)
      return { type: typeOf(op, [...new Set([...held, ...valuesAfter(op, held)])]) }
    })
    return [...widen, ...columns.map((column) => replacing(table, column, replace, abilities)), ...narrow]
  })
}

// Values that differ in case alone are one to the engine: it takes no list with both, and each row finds the new one.
function isSameText(op: EnumValuesOp): boolean {
  return op.kind === 'renameEnumValue' && op.value.toLowerCase() === op.name.toLowerCase()
}

function typeOf({ enumeration: { namespace, name } }: EnumValuesOp, values: readonly string[]) {
  return { kind: 'enumeration' as const, namespace, name, values }
}

function valuesIn({ type }: Column): readonly string[] {
  return type.kind === 'enumeration' ? type.values : []
}

// The new values can be written without the old ones only where the operation gives all of them.
function knownColumn(op: EnumValuesOp, table: TableName, column: Column | null, name: string): Column {
  if (column === null) throw unknownObject('column', name, table)
  if (op.kind !== 'setEnumValues' && column.type.kind !== 'enumeration') throw noEnumeration(name, table)
  return column
}

function replacing(table: TableName, { name }: Column, replace: Replacements, abilities: Abilities): Draft {
  const column = quote(name)
  const gone = Object.entries(replace)
  const cases = gone.map(([value, by]) => `WHEN ${literal(value)} THEN ${literal(by)}`).join(' ')
  const sql = `UPDATE ${tableText(table, abilities)} SET ${column} = CASE ${column} ${cases} ELSE ${column} END WHERE ${column} IN (${gone.map(([value]) => literal(value)).join(', ')})`
  return { sql, parameters: [], transactional: true, why: null }
}

function tablesOf(op: EnumValuesOp): readonly TableName[] {
  return op.columns
    .map(({ table }) => table)
    .filter((table, at, all) => all.findIndex((other) => sameName(table, other)) === at)
}
