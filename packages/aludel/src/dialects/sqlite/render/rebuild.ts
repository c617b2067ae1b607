// A table made anew: what ALTER cannot do, without losing a row, an index, a trigger or the AUTOINCREMENT counter.

import { type EnumValuesOp, replacementsOf } from '../../../ops/enum-values.ts'
import type { Op } from '../../../ops/operations.ts'
import { applyOp } from '../../../ops/registry.ts'
import { findTable, sameName } from '../../../schema/lookup.ts'
import type { Schema, Table, TableName } from '../../../schema/model.ts'
import { literal, quote, temporaryPrefix } from '../literal.ts'
import { rebuiltTableSql } from './keep.ts'
import { isEnumValues } from './needs.ts'
import { triggerTexts } from './objects.ts'
import { createIndexSql, list, text } from './table.ts'

/** The statements that turn the table as `before` has it into what the operations make of it. */
export function rebuild(ops: readonly Op[], at: TableName, before: Schema): readonly string[] {
  const old = findTable(before, at)
  if (old === null) return []
  const after = ops.reduce(applyOp, before)
  const next = findTable(after, at)
  if (next === null) return []
  const temporary = `${temporaryPrefix}${at.name}`
  const dropped = new Set(ops.flatMap((op) => (op.kind === 'dropColumn' ? [op.column] : [])))
  const copied = copies(ops, old, next)
  const copy =
    copied.length === 0
      ? []
      : [
          `INSERT INTO ${quote(temporary)} (${list(copied.map((pair) => pair.to))}) SELECT ${copied.map((pair) => pair.from).join(', ')} FROM ${quote(at.name)}`,
        ]
  return [
    rebuiltTableSql(old, next, temporary, dropped),
    ...copy,
    ...(next.primaryKey !== null && old.sqlite?.autoincrement ? keepCounter(at.name, temporary) : []),
    `DROP TABLE ${quote(at.name)}`,
    // Without the legacy rule, RENAME would rewrite references in views and triggers to the table that was dropped.
    'PRAGMA legacy_alter_table = ON',
    `ALTER TABLE ${quote(temporary)} RENAME TO ${quote(at.name)}`,
    'PRAGMA legacy_alter_table = OFF',
    ...next.indexes.map((index) => createIndexSql(at.name, index, false)),
    ...triggerTexts(next, after),
  ]
}

interface Copy {
  readonly to: string
  readonly from: string
}

/** Which columns take their values from where: under their old name, or by the `using` of a type change. */
function copies(ops: readonly Op[], old: Table, next: Table): readonly Copy[] {
  const source = new Map(old.columns.map((column) => [column.name, quote(column.name)]))
  for (const op of ops) {
    if (op.kind === 'dropColumn') source.delete(op.column)
    if (op.kind === 'alterColumn' && op.using !== null) source.set(op.column, text(op.using))
    if (isEnumValues(op)) replaceValues(op, old, source)
    if (op.kind !== 'renameColumn') continue
    const from = source.get(op.column)
    source.delete(op.column)
    if (from !== undefined) source.set(op.name, from)
  }
  return next.columns.flatMap((column) => {
    const from = source.get(column.name)
    return from === undefined || column.generated !== null ? [] : [{ to: column.name, from }]
  })
}

function replaceValues(op: EnumValuesOp, table: Table, source: Map<string, string>): void {
  const cases = Object.entries(replacementsOf(op)).map(([gone, by]) => `WHEN ${literal(gone)} THEN ${literal(by)}`)
  if (cases.length === 0) return
  for (const { column } of op.columns.filter((one) => sameName(one.table, table))) {
    const from = source.get(column)
    if (from !== undefined) source.set(column, `CASE ${from} ${cases.join(' ')} ELSE ${from} END`)
  }
}

function keepCounter(name: string, temporary: string): readonly string[] {
  const seq = `(SELECT seq FROM sqlite_sequence WHERE name = ${literal(name)})`
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${literal(temporary)}`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT ${literal(temporary)}, ${seq} WHERE ${seq} IS NOT NULL`,
  ]
}
