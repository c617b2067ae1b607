// What SQLite 3.35 and later can do.

import type { Features } from '../../database/types.ts'

export const features: Features = {
  transactionalDdl: true,
  namespaces: false,
  foldsColumnNames: true,
  enumTypes: false,
  comments: false,
  materializedViews: false,
  sequences: false,
  ownedSequences: false,
  functions: false,
  partialIndexes: true,
  expressionIndexes: true,
  deferrableConstraints: true,
  excludeConstraints: false,
  extensions: false,
  compositeTypes: false,
  objectComments: false,
  domains: false,
  rowSecurity: false,
  privileges: false,
  partitions: false,
  alterConstraints: false,
  severalStatements: true,
  sessionLock: false,
  cancellable: false,
}
