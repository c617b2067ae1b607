// setAside, putBack: operations that keep what they take away, in an archive table, and those that undo them.

import { findColumn, findTable, sameName, tableTitle } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import { shortName } from '../schema/naming.ts'
import { findObject, withObject, withoutObjects } from '../schema/objects.ts'
import { isIrreversible, type OpDefinition } from './definition.ts'
import type { Nested } from './nested.ts'
import type { LosingKind, Op, RegainingKind } from './operations.ts'
import { printTable } from './print-table.ts'
import type { Printer } from './printer.ts'

/** How every archive table's name begins: none is ever compared, or dropped by a comparison. */
export const archivePrefix = 'aludel_kept_'

export const setAside = (nested: Nested): OpDefinition<'setAside'> => ({
  holdsOthers: true,
  apply(schema, op) {
    const after = nested.applyAll(schema, [op.op])
    return isThere(schema, op.op) ? withObject(after, { kind: 'archive', ...archiveOf(op.op, op.archive) }) : after
  },
  invert(op, before) {
    const back = nested.invertAll([op.op], before)
    return isIrreversible(back) ? back : back.map((one) => (regains(one, op.op) ? putBackOp(one, op.archive) : one))
  },
  touches: (op) => nested.touches(op.op),
  describe: (op) => `${nested.describe(op.op)}, and keep what was there`,
  print: (op, printer) => nested.print(op.op, withOption(printer, { keep: true })),
})

export const putBack = (nested: Nested): OpDefinition<'putBack'> => ({
  holdsOthers: true,
  apply(schema, op) {
    const archive = findObject(schema, 'archive', archiveOf(op.op, op.archive))
    return withoutObjects(nested.applyAll(schema, [op.op]), [archive])
  },
  invert(op, before) {
    const back = nested.invertAll([op.op], before)
    return isIrreversible(back) ? back : back.map((one) => (loses(one, op.op) ? setAsideOp(one, op.archive) : one))
  },
  touches: (op) => nested.touches(op.op),
  describe: (op) => `${nested.describe(op.op)}, and put back what was kept`,
  print: (op, printer) =>
    op.op.kind === 'createTable'
      ? printTable(op.op.table, { ifNotExists: op.op.ifNotExists, restore: true }, printer)
      : nested.print(op.op, withOption(printer, { restore: true })),
})

function withOption(printer: Printer, option: Readonly<Record<string, true>>): Printer {
  return { ...printer, call: (method, given, options) => printer.call(method, given, { ...options, ...option }) }
}

export function setAsideOp(op: Op<LosingKind>, archive: string): Op<'setAside'> {
  return { kind: 'setAside', op, archive }
}

export function putBackOp(op: Op<RegainingKind>, archive: string): Op<'putBack'> {
  return { kind: 'putBack', op, archive }
}

/** The archive table of one operation: the same whenever the revision is recorded, so that its way down finds it. */
export function archiveName(revision: string, op: Op<LosingKind | RegainingKind>): string {
  const { table, column } = placeOf(op)
  return shortName(`${archivePrefix}${[revision, table.name, column ?? []].flat().filter(Boolean).join('_')}`)
}

/** It stands beside its table. */
export function archiveOf(op: Op<LosingKind | RegainingKind>, name: string): TableName {
  return { namespace: placeOf(op).table.namespace, name }
}

/** What an operation takes away or makes: a table, or one column of it. */
export function placeOf(op: Op<LosingKind | RegainingKind>): {
  readonly table: TableName
  readonly column: string | null
} {
  const { namespace, name } = op.table
  const table = { namespace, name }
  if (op.kind === 'createTable' || op.kind === 'dropTable') return { table, column: null }
  return { table, column: op.kind === 'addColumn' ? op.column.name : op.column }
}

function isThere(schema: Schema, op: Op<LosingKind>): boolean {
  return op.kind === 'dropTable'
    ? findTable(schema, op.table) !== null
    : findColumn(schema, op.table, op.column) !== null
}

/** A table and its column in words. */
export function placeTitle(op: Op<LosingKind | RegainingKind>): string {
  const { table, column } = placeOf(op)
  return column === null ? `table ${tableTitle(table)}` : `column "${column}" of table ${tableTitle(table)}`
}

function samePlace(one: Op<LosingKind | RegainingKind>, other: Op<LosingKind | RegainingKind>): boolean {
  const [a, b] = [placeOf(one), placeOf(other)]
  return sameName(a.table, b.table) && a.column === b.column
}

/** True for what makes the place again that the other takes away. */
function regains(op: Op, lost: Op<LosingKind>): op is Op<RegainingKind> {
  if (op.kind === 'createTable') return lost.kind === 'dropTable' && samePlace(op, lost)
  if (op.kind === 'addColumn') return lost.kind === 'dropColumn' && samePlace(op, lost)
  return op.kind === 'alterColumn' && lost.kind === 'alterColumn' && 'type' in op.set && samePlace(op, lost)
}

function loses(op: Op, regained: Op<RegainingKind>): op is Op<LosingKind> {
  if (op.kind === 'dropTable') return regained.kind === 'createTable' && samePlace(op, regained)
  if (op.kind === 'dropColumn') return regained.kind === 'addColumn' && samePlace(op, regained)
  return op.kind === 'alterColumn' && regained.kind === 'alterColumn' && 'type' in op.set && samePlace(op, regained)
}

/** A way down that makes again what its revision has set aside puts it back, whoever wrote it. */
export function withPutBacks(down: readonly Op[], up: readonly Op[]): readonly Op[] {
  const kept = up.flatMap(function within(op): readonly Op<'setAside'>[] {
    if (op.kind === 'autocommit') return op.ops.flatMap(within)
    return op.kind === 'setAside' ? [op] : []
  })
  if (kept.length === 0) return down
  return down.map(function paired(op): Op {
    if (op.kind === 'autocommit') return { ...op, ops: op.ops.map(paired) }
    for (const { op: lost, archive } of kept) if (regains(op, lost)) return putBackOp(op, archive)
    return op
  })
}
