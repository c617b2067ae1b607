// Operations to statements: one ALTER TABLE an operation, so that a run that broke off resumes where it stopped.

import type { Statement } from '../../../database/types.ts'
import { type ObjectRef, tableRef } from '../../../ops/definition.ts'
import type { Op } from '../../../ops/operations.ts'
import { applyAll, applyOp } from '../../../ops/registry.ts'
import type { Schema, TableName } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { type AlterOp, alterClauses, isAlter, stepsOf } from './alter.ts'
import { alterDrafts, type Draft, plain } from './drafts.ts'
import { enumDrafts } from './enums.ts'
import { grantDrafts } from './grants.ts'
import { isObjectOp, objectDrafts } from './objects.ts'
import { noExclusions, noExtensions, tableText, unsupported } from './refusals.ts'
import { resolved } from './resolve.ts'
import { executeStatements, insertStatements } from './rows.ts'
import { createTableText } from './tables.ts'

export function renderWith(abilities: Abilities): (ops: readonly Op[], before: Schema) => readonly Statement[] {
  return (ops, before) => {
    const statements: Statement[] = []
    let schema = before
    for (let at = 0; at < ops.length; ) {
      const group = groupAt(ops, at)
      const positions = group.map((_, step) => at + step)
      for (const draft of draftsOf(group, schema, abilities)) statements.push({ ...draft, ops: positions })
      for (const op of group) schema = applyOp(schema, resolved(op, schema))
      at += group.length
    }
    return statements
  }
}

/** The tables that must be known: MySQL restates whole columns and keeps an index for every foreign key. */
export function readsWith({ conditionalClauses, renameFollows }: Abilities): (op: Op) => readonly ObjectRef[] {
  return (op) => {
    switch (op.kind) {
      case 'alterColumn':
      case 'dropColumn':
      case 'dropIndex':
      case 'dropConstraint':
      case 'renameConstraint':
      case 'createPrimaryKey':
      case 'insertFile':
        return [tableRef(op.table)]
      case 'setEnumValues':
      case 'addEnumValue':
      case 'renameEnumValue':
        return op.columns.map(({ table }) => tableRef(table))
      case 'alterTable':
        return op.set.mysql === undefined ? [] : [tableRef(op.table)]
      case 'renameColumn':
        return renameFollows ? [] : [tableRef(op.table)]
      case 'addColumn':
      case 'createIndex':
        return op.ifNotExists && !conditionalClauses ? [tableRef(op.table)] : []
      case 'createCheckConstraint':
        return op.check.name === null ? [tableRef(op.table)] : []
      default:
        return []
    }
  }
}

/**
 * One operation, or neighbours that MySQL takes only together: a numbered column with the key that it needs, and one
 * primary key in another's place.
 */
function groupAt(ops: readonly Op[], at: number): readonly Op[] {
  const [first, second] = ops.slice(at, at + 2)
  if (first === undefined || second === undefined) return first === undefined ? [] : [first]
  const together = isAlter(first) && isAlter(second) && sameTable(first, second) && needEachOther(first, second)
  return together ? [first, second] : [first]
}

function needEachOther(first: AlterOp, second: AlterOp): boolean {
  if (first.kind === 'addColumn' && first.column.identity !== null) return leadingColumn(second) === first.column.name
  if (first.kind !== 'dropConstraint' || second.kind !== 'createPrimaryKey') return false
  return first.type === 'primaryKey' || 'primaryKey' in first.constraint
}

function leadingColumn(op: AlterOp): string | null {
  if (op.kind === 'createPrimaryKey') return op.primaryKey.columns[0] ?? null
  if (op.kind === 'createUniqueConstraint') return op.unique.columns[0] ?? null
  const part = op.kind === 'createIndex' ? op.index.parts[0]?.of : undefined
  return part !== undefined && 'column' in part ? part.column : null
}

function sameTable(first: { readonly table: TableName }, second: { readonly table: TableName }): boolean {
  return first.table.name === second.table.name && first.table.namespace === second.table.namespace
}

function draftsOf(group: readonly Op[], schema: Schema, abilities: Abilities): readonly Draft[] {
  const [op] = group
  if (op === undefined) return []
  if (!isAlter(op)) return draftsOfOne(op, schema, abilities)
  // Several operations are one ALTER; one may need several.
  const steps = group.length > 1 ? [group.filter(isAlter)] : stepsOf(op, schema, abilities)
  const drafts: Draft[] = []
  let current = schema
  for (const step of steps) {
    drafts.push(...alterDrafts(op.table, alterClauses(step, current, abilities), abilities))
    current = applyAll(current, step)
  }
  return drafts
}

function draftsOfOne(op: Exclude<Op, AlterOp>, schema: Schema, abilities: Abilities): readonly Draft[] {
  if (isObjectOp(op)) return objectDrafts(op, abilities)
  switch (op.kind) {
    case 'createTable':
      return [plain(createTableText(op, abilities))]
    case 'dropTable':
      return [plain(`DROP TABLE ${op.ifExists ? 'IF EXISTS ' : ''}${tableText(op.table, abilities)}`)]
    case 'setEnumValues':
    case 'addEnumValue':
    case 'renameEnumValue':
      return enumDrafts(op, schema, abilities)
    case 'grant':
    case 'revoke':
      return grantDrafts(op, abilities)
    case 'bulkInsert':
      return insertStatements(op, abilities)
    case 'execute':
      return executeStatements(op)
    case 'createExcludeConstraint':
      throw noExclusions(op.exclusion.name, op.table, abilities)
    case 'createExtension':
    case 'dropExtension':
      throw noExtensions(op.kind === 'createExtension' ? op.extension.name : op.name, abilities)
    case 'moveTable':
      tableText(op.table, abilities)
      tableText({ namespace: op.namespace, name: op.table.name }, abilities)
      return []
    case 'createNamespace':
    case 'dropNamespace': {
      const alternative = 'Give another database an address and a configuration of its own.'
      throw unsupported(abilities, 'namespaces', `namespace "${op.name}"`, alternative)
    }
    // The values of an enumeration stand with each column; files (as rows they do), code and autocommit never get here.
    case 'createEnum':
    case 'dropEnum':
    // Rows are validated as a constraint is made.
    case 'validateConstraint':
    // No constraint can wait for the end of a transaction.
    case 'alterConstraint':
    case 'insertFile':
    case 'run':
    case 'autocommit':
    case 'setAside':
    case 'putBack':
      return []
  }
}
