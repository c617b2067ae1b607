// Indexes and constraints under another name: SQLite renames neither, so they are made anew from what is known of them.

import { AludelError } from '../../../errors.ts'
import type { Op } from '../../../ops/operations.ts'
import { findConstraint } from '../../../ops/parts.ts'
import { applyOp } from '../../../ops/registry.ts'
import { findTable } from '../../../schema/lookup.ts'
import type { Schema } from '../../../schema/model.ts'
import { quote } from '../literal.ts'
import { createIndexSql } from './table.ts'

export function renamedIndexSql(op: Op<'renameIndex'>, before: Schema): readonly string[] {
  const index = findTable(before, op.table)?.indexes.find((candidate) => candidate.name === op.index)
  if (index === undefined) throw unknownIndex(op)
  return [`DROP INDEX ${quote(op.index)}`, createIndexSql(op.table.name, { ...index, name: op.name }, false)]
}

/** Refuses to make a table anew for a rename that would find nothing, and so change nothing. */
export function refuseUnknownNames(ops: readonly Op[], before: Schema): void {
  let schema = before
  for (const op of ops) {
    const table = op.kind === 'renameIndex' || op.kind === 'renameConstraint' ? findTable(schema, op.table) : null
    if (op.kind === 'renameIndex' && !table?.indexes.some((index) => index.name === op.index)) throw unknownIndex(op)
    if (op.kind === 'renameConstraint') {
      const found = table === null ? null : findConstraint(table, { name: op.constraint }, op.type)
      if (found === null || found.value.name === null) throw unknownConstraint(op)
    }
    schema = applyOp(schema, op)
  }
}

function unknownIndex({ table, index }: Op<'renameIndex'>): AludelError {
  return new AludelError('unknown-index', `Table "${table.name}" has no index "${index}" to rename.`, {
    hint: 'Check the name: an index that a constraint brought with it has none of its own here.',
    details: { table: table.name, index },
  })
}

function unknownConstraint({ table, constraint }: Op<'renameConstraint'>): AludelError {
  return new AludelError('unknown-constraint', `Table "${table.name}" has no constraint "${constraint}" to rename.`, {
    hint: 'Check the name: a constraint that was made without one has none here.',
    details: { table: table.name, constraint },
  })
}
