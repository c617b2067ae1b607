// What a random schema may hold on an engine: what an engine cannot do is left out here, with the reason beside it.

import type { DialectName } from '../../src/database/types.ts'

export interface Possible {
  readonly namespaces: boolean
  readonly enumTypes: boolean
  readonly comments: boolean
  readonly sequences: boolean
  readonly domains: boolean
  readonly rowSecurity: boolean
  readonly checks: boolean
  readonly generatedColumns: boolean
  readonly partialIndexes: boolean
  readonly expressionIndexes: boolean
  readonly descendingIndexes: boolean
  /** NULL can be the least value in an index, and the greatest. */
  readonly orderOfNulls: boolean
  /** Unique constraints can keep columns beside their key. */
  readonly includedColumns: boolean
  readonly deferrableUniques: boolean
  readonly deferrableForeignKeys: boolean
  readonly fullMatch: boolean
  /** Foreign keys that set a default, or refer from one table to a later one. */
  readonly setDefault: boolean
  readonly cycles: boolean
  readonly alwaysIdentity: boolean
  /** Primary keys keep the name that they are given. */
  readonly primaryKeyNames: boolean
  /** Names may hold characters outside the Basic Multilingual Plane. */
  readonly wideNames: boolean
  /** Types that only this engine knows, with a constant for each. */
  readonly rawTypes: readonly (readonly [type: string, constant: string])[]
}

const everything: Possible = {
  namespaces: true,
  enumTypes: true,
  comments: true,
  sequences: true,
  domains: true,
  rowSecurity: true,
  checks: true,
  generatedColumns: true,
  partialIndexes: true,
  expressionIndexes: true,
  descendingIndexes: true,
  orderOfNulls: true,
  includedColumns: true,
  deferrableUniques: true,
  deferrableForeignKeys: true,
  fullMatch: true,
  setDefault: true,
  cycles: true,
  alwaysIdentity: true,
  primaryKeyNames: true,
  wideNames: true,
  rawTypes: [],
}

export const possibleOn: { readonly [Name in DialectName]: Possible } = {
  postgres: {
    ...everything,
    rawTypes: [
      ['inet', "'127.0.0.1'"],
      ['int[]', "'{1,2}'"],
      ['TIMESTAMP(3) WITH TIME ZONE', "'2024-01-01 00:00:00+00'"],
      ['interval', "'1 hour'"],
      ['char(5)', "'ab'"],
      ['bit varying(4)', "B'101'"],
    ],
  },
  sqlite: {
    ...everything,
    // A file has one namespace, no types of its own, no sequences, no users and no place for comments.
    sequences: false,
    domains: false,
    rowSecurity: false,
    namespaces: false,
    enumTypes: false,
    comments: false,
    // Only foreign keys can wait for the end of the transaction; MATCH is read and forgotten.
    deferrableUniques: false,
    fullMatch: false,
    // NULL is the least value, and an index has no columns but its key.
    orderOfNulls: false,
    includedColumns: false,
    // INTEGER PRIMARY KEY always takes the number that it is given.
    alwaysIdentity: false,
    rawTypes: [['MEDIUMINT', '5']],
  },
  mysql: {
    ...everything,
    namespaces: false,
    enumTypes: false,
    domains: false,
    rowSecurity: false,
    // MariaDB has neither.
    partialIndexes: false,
    expressionIndexes: false,
    // Read and forgotten before MariaDB 10.8, and not all of the versions that are served keep it.
    descendingIndexes: false,
    // NULL is the least value, and an index has no columns but its key.
    orderOfNulls: false,
    includedColumns: false,
    deferrableUniques: false,
    deferrableForeignKeys: false,
    fullMatch: false,
    // InnoDB refuses it.
    setDefault: false,
    alwaysIdentity: false,
    // It is always called PRIMARY.
    primaryKeyNames: false,
    // Names are stored in three bytes a character.
    wideNames: false,
    rawTypes: [['mediumint', '5']],
  },
}
