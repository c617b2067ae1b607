// What an operation means to a database that keeps no name of a primary key, and no difference of unique indexes and constraints.

import type { Op, OpKind } from '../../../ops/operations.ts'
import { type FoundConstraint, findConstraint, selectorOf } from '../../../ops/parts.ts'
import { findTable } from '../../../schema/lookup.ts'
import type { Schema, Table } from '../../../schema/model.ts'
import { conventionalName, defaultNaming } from '../../../schema/naming.ts'

/** The constraint that a dropConstraint means, in the table as it is known; null where that does not have it. */
export function constraintMeant(table: Table, op: Op<'dropConstraint'>): FoundConstraint | null {
  const found = findConstraint(table, op.constraint, op.type)
  if (found !== null || !('name' in op.constraint)) return found
  const { name } = op.constraint
  const { primaryKey } = table
  if (primaryKey !== null && primaryKey.name === null && (op.type ?? 'primaryKey') === 'primaryKey') {
    const columns = primaryKey.columns
    const usual = [conventionalName(defaultNaming.pk, { table: table.name, columns }), 'PRIMARY']
    if (op.type === 'primaryKey' || usual.includes(name)) return { type: 'primaryKey', value: primaryKey }
  }
  const index = table.indexes.find((candidate) => candidate.unique && candidate.name === name)
  if (index === undefined || (op.type ?? 'unique') !== 'unique') return null
  const columns = index.parts.flatMap((part) => ('column' in part.of ? [part.of.column] : []))
  return { type: 'unique', value: { name, columns, deferrable: null, postgres: null } }
}

const byName: readonly OpKind[] = ['dropConstraint', 'dropIndex', 'renameIndex', 'renameConstraint']

/** The operation in the words of the schema that it is applied to, so that the fold follows it. */
export function resolved(op: Op, schema: Schema): Op {
  if (!byName.includes(op.kind)) return op
  const table = 'table' in op ? findTable(schema, op.table) : null
  if (table === null) return op
  if (op.kind === 'renameIndex' || op.kind === 'renameConstraint') return resolvedRename(op, table)
  if (op.kind !== 'dropConstraint' && op.kind !== 'dropIndex') return op
  if (op.kind === 'dropIndex') {
    const isUnique = table.uniques.some((unique) => unique.name === op.name)
    if (!isUnique) return op
    return {
      kind: 'dropConstraint',
      table: op.table,
      constraint: { name: op.name },
      type: 'unique',
      ifExists: op.ifExists,
    }
  }
  const meant = constraintMeant(table, op)
  if (meant === null) return op
  const isIndex = meant.type === 'unique' && table.indexes.some((index) => index.name === meant.value.name)
  if (isIndex)
    return {
      kind: 'dropIndex',
      table: op.table,
      name: meant.value.name ?? '',
      ifExists: op.ifExists,
      concurrently: false,
    }
  return { ...op, constraint: selectorOf(meant), type: meant.type }
}

/** A rename finds its unique constraint among the indexes, and its unique index among the constraints. */
function resolvedRename(op: Op<'renameIndex' | 'renameConstraint'>, { uniques, indexes }: Table): Op {
  const { table, name } = op
  const from = op.kind === 'renameIndex' ? op.index : op.constraint
  if (op.kind === 'renameIndex' && uniques.some((unique) => unique.name === from)) {
    return { kind: 'renameConstraint', table, constraint: from, name, type: 'unique' }
  }
  const isIndex = !uniques.some((unique) => unique.name === from) && indexes.some((index) => index.name === from)
  if (op.kind === 'renameConstraint' && (op.type ?? 'unique') === 'unique' && isIndex) {
    return { kind: 'renameIndex', table, index: from, name }
  }
  return op
}
