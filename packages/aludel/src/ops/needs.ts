// What operations need that not every engine has: the feature that tells it, and another way.

import type { Features } from '../database/types.ts'
import type { TableName } from '../schema/model.ts'
import type { Op, OpKind } from './operations.ts'

export interface Need {
  readonly feature: keyof Features
  readonly what: string
  readonly hint: string
}

const materializedViews: Need = {
  feature: 'materializedViews',
  what: 'materialized views',
  hint: 'Keep the rows in a table that the application fills, or query a view: op.createView(...).',
}
const functions: Need = {
  feature: 'functions',
  what: 'functions in SQL',
  hint: 'Do its work once in op.run(...), or give the connection a function of the application.',
}
const extensions: Need = {
  feature: 'extensions',
  what: 'extensions',
  hint: 'Guard the call with `if (op.features.extensions)`, and use there what every engine has.',
}
const domains: Need = {
  feature: 'domains',
  what: 'domains',
  hint: 'Give each column the type and a check: op.createCheckConstraint(...); or guard the call with `if (op.features.domains)`.',
}

const policies: Need = {
  feature: 'rowSecurity',
  what: 'policies for rows',
  hint: 'Show each user a view of the rows: op.createView(...); or guard the call with `if (op.features.rowSecurity)`.',
}

const privileges: Need = {
  feature: 'privileges',
  what: 'users with privileges',
  hint: 'Let the file system say who may read and write the database; or guard the call with `if (op.features.privileges)`.',
}

const partitions: Need = {
  feature: 'partitions',
  what: 'partitions that are tables',
  hint: 'Keep the rows in one table, or partition it with op.execute({ mysql: ... }); `if (op.features.partitions)` guards the call.',
}

const compositeTypes: Need = {
  feature: 'compositeTypes',
  what: 'composite types',
  hint: 'Give the table a column for each part; or guard the call with `if (op.features.compositeTypes)`.',
}

const objectComments: Need = {
  feature: 'objectComments',
  what: 'comments beside those of tables and columns',
  hint: 'Say it in a comment of the table, or guard the call with `if (op.features.objectComments)`.',
}

/** Kinds that an engine may lack as a whole, each with the need that tells. */
export const needs: { readonly [K in OpKind]?: Need } = {
  createMaterializedView: materializedViews,
  dropMaterializedView: materializedViews,
  refreshMaterializedView: materializedViews,
  createFunction: functions,
  dropFunction: functions,
  createExtension: extensions,
  dropExtension: extensions,
  createCompositeType: compositeTypes,
  alterCompositeType: compositeTypes,
  dropCompositeType: compositeTypes,
  comment: objectComments,
  createDomain: domains,
  alterDomain: domains,
  renameDomain: domains,
  dropDomain: domains,
  enableRowSecurity: policies,
  disableRowSecurity: policies,
  createPolicy: policies,
  alterPolicy: policies,
  renamePolicy: policies,
  dropPolicy: policies,
  createPartition: partitions,
  attachPartition: partitions,
  detachPartition: partitions,
  grant: privileges,
  revoke: privileges,
}

/** What the operation makes or changes. */
export function objectOf(op: Op): TableName {
  switch (op.kind) {
    case 'createFunction':
    case 'dropFunction':
      return op.function
    case 'createExtension':
      return op.extension
    case 'dropExtension':
      return { namespace: null, name: op.name }
    case 'grant':
    case 'revoke':
    case 'comment':
      return op.on
    case 'createCompositeType':
    case 'alterCompositeType':
    case 'dropCompositeType':
      return op.type
    case 'createPolicy':
      return op.policy
    default:
      if ('view' in op) return op.view
      if ('partition' in op) return op.partition
      if ('domain' in op) return op.domain
      return 'table' in op ? op.table : { namespace: null, name: '' }
  }
}
