// Operations that may have run already or not: the same ones in a form that does no harm a second time.

import type { Column, TableName } from '../schema/model.ts'
import { plainText, textsOf } from './execute.ts'
import type { ConstraintType, ExecuteSql, Op, OpKind } from './operations.ts'

/** Why an operation cannot be done again, as the end of a sentence that begins with what it does. */
export interface NotAgain {
  readonly because: string
}

type Redo<K extends OpKind> = (op: Op<K>) => readonly Op[] | NotAgain

const unnamed: NotAgain = { because: 'has no name by which an earlier one could be found' }
const renames: NotAgain = { because: 'cannot be told from one that was done' }
const opaque: NotAgain = { because: 'does what only its own code knows' }
const data: NotAgain = { because: 'would change rows a second time' }

/** Each operation in a form that leaves the database alone where it was done; or why there is none. */
const redos: { readonly [K in OpKind]: Redo<K> } = {
  createTable: ({ table, ...op }) =>
    op.ifNotExists
      ? [{ ...op, table }]
      : table.columns.some(isEnumerated)
        ? renames
        : [
            { ...op, table: { ...table, indexes: [] }, ifNotExists: true },
            ...table.indexes.map(
              (index): Op => ({ kind: 'createIndex', table: nameOf(table), index, ifNotExists: true }),
            ),
          ],
  dropTable: (op) => [{ ...op, ifExists: true }],
  renameTable: () => renames,
  moveTable: () => renames,
  alterTable: (op) => [op],
  createTableComment: (op) => [op],
  addColumn: (op) => (isEnumerated(op.column) ? renames : [{ ...op, ifNotExists: true }]),
  alterColumn: (op) => [op],
  dropColumn: (op) => [{ ...op, ifExists: true }],
  renameColumn: () => renames,
  createIndex: (op) => [{ ...op, ifNotExists: true }],
  dropIndex: (op) => [{ ...op, ifExists: true }],
  renameIndex: () => renames,
  createPrimaryKey: () => renames,
  createUniqueConstraint: (op) => replaced(op, op.unique.name, 'unique'),
  createForeignKey: (op) => replaced(op, op.foreignKey.name, 'foreignKey'),
  createCheckConstraint: (op) => replaced(op, op.check.name, 'check'),
  createExcludeConstraint: (op) => replaced(op, op.exclusion.name, 'exclude'),
  dropConstraint: (op) => [{ ...op, ifExists: true }],
  renameConstraint: () => renames,
  alterConstraint: (op) => [op],
  validateConstraint: (op) => [op],
  createEnum: () => renames,
  dropEnum: () => renames,
  setEnumValues: (op) => [op],
  addEnumValue: (op) => [{ ...op, ifNotExists: true }],
  renameEnumValue: () => renames,
  createDomain: () => renames,
  alterDomain: (op) => (op.add === null && op.drop === null ? [op] : renames),
  renameDomain: () => renames,
  dropDomain: (op) => [{ ...op, ifExists: true }],
  createNamespace: (op) => [{ ...op, ifNotExists: true }],
  dropNamespace: (op) => [{ ...op, ifExists: true }],
  createView: (op) => [{ ...op, orReplace: true }],
  dropView: (op) => [{ ...op, ifExists: true }],
  renameView: () => renames,
  createMaterializedView: (op) => [{ kind: 'dropMaterializedView', view: nameOf(op.view), ifExists: true }, op],
  dropMaterializedView: (op) => [{ ...op, ifExists: true }],
  refreshMaterializedView: (op) => [op],
  createSequence: (op) => [{ ...op, ifNotExists: true }],
  alterSequence: (op) => [op],
  renameSequence: () => renames,
  dropSequence: (op) => [{ ...op, ifExists: true }],
  createFunction: (op) => [{ ...op, orReplace: true }],
  dropFunction: (op) => [{ ...op, ifExists: true }],
  createTrigger: (op) => [{ kind: 'dropTrigger', table: op.trigger.table, name: op.trigger.name, ifExists: true }, op],
  dropTrigger: (op) => [{ ...op, ifExists: true }],
  enableRowSecurity: (op) => [op],
  disableRowSecurity: (op) => [op],
  createPolicy: (op) => [{ kind: 'dropPolicy', table: op.policy.table, name: op.policy.name, ifExists: true }, op],
  alterPolicy: (op) => [op],
  renamePolicy: () => renames,
  dropPolicy: (op) => [{ ...op, ifExists: true }],
  createPartition: (op) => [{ ...op, ifNotExists: true }],
  attachPartition: () => renames,
  detachPartition: () => renames,
  grant: (op) => [op],
  revoke: (op) => [op],
  createCompositeType: () => renames,
  alterCompositeType: () => renames,
  dropCompositeType: (op) => [{ ...op, ifExists: true }],
  createObject: (op) => {
    const { type, namespace, name, table } = op.object
    return [{ kind: 'dropObject', type, object: { namespace, name }, of: table, ifExists: true }, op]
  },
  dropObject: (op) => [{ ...op, ifExists: true }],
  comment: (op) => [op],
  createExtension: (op) => [{ ...op, ifNotExists: true }],
  dropExtension: (op) => [{ ...op, ifExists: true }],
  bulkInsert: () => data,
  insertFile: () => data,
  execute: executedAgain,
  run: () => opaque,
  autocommit: () => opaque,
  setAside: () => data,
  putBack: () => data,
}

/** SQL that says IF EXISTS or the like itself; and SQL that makes something, behind what drops it where it is. */
function executedAgain(op: Op<'execute'>): readonly Op[] | NotAgain {
  if (isRepeatable(op.sql)) return [op]
  const { sql, undo, ...others } = op
  const isMaking = textsOf(sql).every((text) => /^\s*create\b/i.test(plainText(text)))
  if (undo === null || !isMaking || !isRepeatable(undo)) return opaque
  return [{ ...others, sql: undo, undo: null }, op]
}

const repeatable = [
  /^\s*drop\s+\w+\s+if\s+exists\b[^;]*;?\s*$/i,
  /^\s*create\s+(?:or\s+replace\b|(?:\w+\s+){1,2}if\s+not\s+exists\b)[^;]*;?\s*$/i,
  /^\s*(?:vacuum|analyze|optimize\s+table|reindex|refresh\s+materialized\s+view|pragma|set)\b[^;]*;?\s*$/i,
]

function isRepeatable(sql: ExecuteSql): boolean {
  return textsOf(sql).every((text) => repeatable.some((pattern) => pattern.test(plainText(text))))
}

function isEnumerated({ type }: Column): boolean {
  return type.kind === 'enumeration'
}

function nameOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}

/** A constraint of the same name goes first: after both it is there once, as this revision wants it. */
function replaced(
  op: Op<'createUniqueConstraint' | 'createForeignKey' | 'createCheckConstraint' | 'createExcludeConstraint'>,
  name: string | null,
  type: ConstraintType,
): readonly Op[] | NotAgain {
  if (name === null) return unnamed
  return [{ kind: 'dropConstraint', table: op.table, constraint: { name }, type, ifExists: true }, op]
}

/** The same change, made so that a database where it was made is left as it is. */
export function redoOf<K extends OpKind>(op: Op<K>): readonly Op[] | NotAgain {
  return (redos[op.kind as K] as Redo<K>)(op)
}

export function isNotAgain(answer: readonly Op[] | NotAgain): answer is NotAgain {
  return 'because' in answer
}
