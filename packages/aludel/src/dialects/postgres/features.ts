// What PostgreSQL can do, and what only some of its versions can.

import type { Features } from '../../database/types.ts'

export const features: Features = {
  transactionalDdl: true,
  namespaces: true,
  foldsColumnNames: false,
  enumTypes: true,
  comments: true,
  materializedViews: true,
  sequences: true,
  ownedSequences: true,
  functions: true,
  partialIndexes: true,
  expressionIndexes: true,
  deferrableConstraints: true,
  excludeConstraints: true,
  extensions: true,
  compositeTypes: true,
  objectComments: true,
  domains: true,
  rowSecurity: true,
  privileges: true,
  partitions: true,
  alterConstraints: true,
  severalStatements: true,
  sessionLock: true,
  cancellable: true,
}

/** The newest version that this folder knows; offline SQL is written for it. */
export const newestVersion = 18

/** What was added after the oldest version that is served. */
export interface VersionFeatures {
  readonly nullsNotDistinct: boolean
  readonly changeGenerationExpression: boolean
  readonly virtualGenerated: boolean
  /** A right that ALL includes. */
  readonly maintainPrivilege: boolean
  readonly deleteSetColumns: boolean
  readonly defaultStorage: boolean
}

export function versionFeatures(major: number): VersionFeatures {
  return {
    nullsNotDistinct: major >= 15,
    changeGenerationExpression: major >= 17,
    virtualGenerated: major >= 18,
    maintainPrivilege: major >= 17,
    deleteSetColumns: major >= 15,
    defaultStorage: major >= 16,
  }
}
