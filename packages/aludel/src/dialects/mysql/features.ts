// What MariaDB and MySQL can do, by product and version: the answers of the house, and those that only this folder asks for.

import type { Features, Server } from '../../database/types.ts'

/** In what MariaDB and MySQL differ, as far as SQL and catalogue are concerned. */
export interface Abilities {
  readonly product: 'MariaDB' | 'MySQL'
  /** There is a type uuid; else char(36) in ASCII stands for it. */
  readonly uuidType: boolean
  /** JSON is a longtext with a check of its own; else a type. */
  readonly jsonIsText: boolean
  /** ALTER TABLE takes IF EXISTS and IF NOT EXISTS for columns, indexes and constraints. */
  readonly conditionalClauses: boolean
  readonly expressionIndexes: boolean
  /** Texts and bytes take a default only as an expression in parentheses. */
  readonly largeDefaultsInParentheses: boolean
  /** A generated column can be NOT NULL. */
  readonly generatedNotNull: boolean
  /** A check without a name belongs to one column and is lost when the column is restated without it. */
  readonly columnChecks: boolean
  /** RENAME COLUMN follows into checks and generated columns; else the engine refuses it while they are there. */
  readonly renameFollows: boolean
  /** The catalogue holds characters beyond the basic plane; else they come back as question marks. */
  readonly fullUnicodeCatalogue: boolean
  /** A block of statements runs as one, outside any stored program. */
  readonly blocks: boolean
  /** What utf8mb4 sorts by where nothing else is said. */
  readonly defaultCollation: string
}

export function abilitiesOf({ product, version }: Server): Abilities {
  return product === 'MariaDB' ? mariadb(version) : mysql(version)
}

function mariadb(version: readonly number[]): Abilities {
  return {
    product: 'MariaDB',
    uuidType: isAtLeast(version, [10, 7]),
    jsonIsText: true,
    conditionalClauses: true,
    expressionIndexes: false,
    largeDefaultsInParentheses: false,
    generatedNotNull: false,
    columnChecks: true,
    renameFollows: true,
    fullUnicodeCatalogue: false,
    blocks: true,
    defaultCollation: isAtLeast(version, [11, 5]) ? 'utf8mb4_uca1400_ai_ci' : 'utf8mb4_general_ci',
  }
}

// Not run: MySQL 8 cannot be had on our machines. Each answer is from https://dev.mysql.com/doc/refman/8.4/en/ :
// create-index.html (functional key parts since 8.0.13), data-type-defaults.html, create-table-generated-columns.html,
// create-table-check-constraints.html, charset-unicode-utf8mb4.html.
function mysql(version: readonly number[]): Abilities {
  return {
    product: 'MySQL',
    uuidType: false,
    jsonIsText: false,
    conditionalClauses: false,
    expressionIndexes: isAtLeast(version, [8, 0, 13]),
    largeDefaultsInParentheses: true,
    generatedNotNull: true,
    columnChecks: false,
    renameFollows: false,
    fullUnicodeCatalogue: true,
    blocks: false,
    defaultCollation: 'utf8mb4_0900_ai_ci',
  }
}

export function featuresOf(abilities: Abilities): Features {
  return {
    transactionalDdl: false,
    namespaces: false,
    foldsColumnNames: true,
    enumTypes: false,
    comments: true,
    materializedViews: false,
    sequences: abilities.product === 'MariaDB',
    ownedSequences: false,
    functions: true,
    partialIndexes: false,
    expressionIndexes: abilities.expressionIndexes,
    deferrableConstraints: false,
    excludeConstraints: false,
    extensions: false,
    compositeTypes: false,
    objectComments: false,
    domains: false,
    rowSecurity: false,
    privileges: true,
    partitions: false,
    alterConstraints: true,
    severalStatements: false,
    sessionLock: true,
    cancellable: true,
  }
}

/** Product and version from `version()`: '10.11.6-MariaDB-log', also behind the '5.5.5-' that old clients want, or '8.4.3'. */
export function serverOf(version: string): Server {
  const isMariadb = /mariadb/i.test(version)
  const numbers = /^(?:5\.5\.5-(?=\d))?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? ''
  return { product: isMariadb ? 'MariaDB' : 'MySQL', version: numbers.split('.').map(Number) }
}

function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  for (const [position, number] of wanted.entries()) {
    const have = version[position] ?? 0
    if (have !== number) return have > number
  }
  return true
}
