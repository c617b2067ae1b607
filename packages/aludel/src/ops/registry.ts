// Every operation's definition in one total table: a new operation compiles only when it has answered everything.

import type { Schema } from '../schema/model.ts'
import { addColumn } from './add-column.ts'
import { alterColumn } from './alter-column.ts'
import { alterConstraint } from './alter-constraint.ts'
import { alterTable } from './alter-table.ts'
import { putBack, setAside } from './archives.ts'
import { reattached, withoutDetached } from './attached.ts'
import { autocommit } from './autocommit.ts'
import { bulkInsert } from './bulk-insert.ts'
import { comment } from './comments.ts'
import { alterCompositeType, createCompositeType, dropCompositeType } from './composite-types.ts'
import { createCheckConstraint } from './create-check-constraint.ts'
import { createExcludeConstraint } from './create-exclude-constraint.ts'
import { createForeignKey } from './create-foreign-key.ts'
import { createIndex } from './create-index.ts'
import { createPrimaryKey } from './create-primary-key.ts'
import { createTable } from './create-table.ts'
import { createTableComment } from './create-table-comment.ts'
import { createUniqueConstraint } from './create-unique-constraint.ts'
import { createObject, dropObject } from './defined.ts'
import { type Irreversible, isIrreversible, type OpDefinition } from './definition.ts'
import { alterDomain, createDomain, dropDomain, renameDomain } from './domains.ts'
import { dropColumn } from './drop-column.ts'
import { dropConstraint } from './drop-constraint.ts'
import { dropIndex } from './drop-index.ts'
import { dropTable } from './drop-table.ts'
import { addEnumValue, renameEnumValue, setEnumValues } from './enum-values.ts'
import { createEnum, dropEnum } from './enums.ts'
import { execute } from './execute.ts'
import { createExtension, dropExtension } from './extensions.ts'
import { createFunction, dropFunction } from './functions.ts'
import { grant, revoke } from './grants.ts'
import { insertFile } from './insert-file.ts'
import { createMaterializedView, dropMaterializedView, refreshMaterializedView } from './materialized-views.ts'
import { moveTable } from './move-table.ts'
import { createNamespace, dropNamespace } from './namespaces.ts'
import type { Nested } from './nested.ts'
import type { Op, OpKind } from './operations.ts'
import { attachPartition, createPartition, detachPartition } from './partitions.ts'
import { alterPolicy, createPolicy, dropPolicy, renamePolicy } from './policies.ts'
import { renameColumn } from './rename-column.ts'
import { renameConstraint } from './rename-constraint.ts'
import { renameIndex } from './rename-index.ts'
import { renameTable } from './rename-table.ts'
import { disableRowSecurity, enableRowSecurity } from './row-security.ts'
import { run } from './run.ts'
import { alterSequence, createSequence, dropSequence, renameSequence } from './sequences.ts'
import { createTrigger, dropTrigger } from './triggers.ts'
import { validateConstraint } from './validate-constraint.ts'
import { createView, dropView, renameView } from './views.ts'

const nested: Nested = {
  applyAll: (schema, ops) => applyAll(schema, ops),
  invertAll: (ops, before) => invertAll(ops, before),
  touches: (op) => definitionOf(op).touches(op),
  describe: (op) => definitionOf(op).describe(op),
  print: (op, printer) => definitionOf(op).print(op, printer),
}

export const definitions: { readonly [K in OpKind]: OpDefinition<K> } = {
  createTable,
  dropTable,
  renameTable,
  moveTable,
  alterTable,
  createTableComment,
  addColumn,
  alterColumn,
  dropColumn,
  renameColumn,
  createIndex,
  dropIndex,
  renameIndex,
  createPrimaryKey,
  createUniqueConstraint,
  createForeignKey,
  createCheckConstraint,
  createExcludeConstraint,
  dropConstraint,
  renameConstraint,
  alterConstraint,
  validateConstraint,
  createEnum,
  dropEnum,
  setEnumValues,
  addEnumValue,
  renameEnumValue,
  createDomain,
  alterDomain,
  renameDomain,
  dropDomain,
  createNamespace,
  dropNamespace,
  createView,
  dropView,
  renameView,
  createMaterializedView,
  dropMaterializedView,
  refreshMaterializedView,
  createSequence,
  alterSequence,
  renameSequence,
  dropSequence,
  createFunction,
  dropFunction,
  createTrigger,
  dropTrigger,
  enableRowSecurity,
  disableRowSecurity,
  createPolicy,
  alterPolicy,
  renamePolicy,
  dropPolicy,
  createPartition,
  attachPartition,
  detachPartition,
  grant,
  revoke,
  createCompositeType,
  alterCompositeType,
  dropCompositeType,
  createObject,
  dropObject,
  comment,
  createExtension,
  dropExtension,
  bulkInsert,
  insertFile,
  execute: execute(nested),
  run: run(nested),
  autocommit: autocommit(nested),
  setAside: setAside(nested),
  putBack: putBack(nested),
}

/** The definition that belongs to an operation. */
export function definitionOf<K extends OpKind>(op: Op<K>): OpDefinition<K> {
  return definitions[op.kind as K]
}

export function applyOp(schema: Schema, op: Op): Schema {
  const { apply, touches, holdsOthers } = definitionOf(op)
  const after = apply(schema, op)
  if (after.objects.length === 0 || holdsOthers) return after
  const touched = touches(op)
  return touched === 'unknown' ? after : withoutDetached(after, op, touched)
}

/** What undoes one operation, or why nothing can; comments and privileges that went with an object come again with it. */
export function invertOp(op: Op, before: Schema): readonly Op[] | Irreversible {
  const { invert, touches, holdsOthers } = definitionOf(op)
  const answer = invert(op, before)
  if (isIrreversible(answer) || before.objects.length === 0 || holdsOthers) return answer
  const touched = touches(op)
  if (touched === 'unknown' || touched.removes.length === 0 || touched.provides.length > 0) return answer
  return [...answer, ...reattached(before, applyOp(before, op))]
}

export function applyAll(schema: Schema, ops: readonly Op[]): Schema {
  return ops.reduce(applyOp, schema)
}

/** What undoes a list of operations, last first; or why one of them cannot be undone. */
export function invertAll(ops: readonly Op[], before: Schema): readonly Op[] | Irreversible {
  const inverted: (readonly Op[])[] = []
  let schema = before
  for (const op of ops) {
    const answer = invertOp(op, schema)
    if (isIrreversible(answer)) return answer
    inverted.unshift(answer)
    schema = applyOp(schema, op)
  }
  return inverted.flat()
}
