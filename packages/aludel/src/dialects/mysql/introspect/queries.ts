// The questions to the catalogue: the same number whatever the number of tables, each for the current database alone.

import type { Connection, Value } from '../../../database/types.ts'
import type { Abilities } from '../features.ts'
import { readShown, type Showing } from './shown.ts'

export interface TableRow {
  readonly name: string
  readonly engine: string | null
  readonly collation: string | null
  readonly comment: string
  readonly options: string | null
  readonly database_collation: string
  readonly is_default: string | null
}
export interface ColumnRow {
  readonly table_name: string
  readonly name: string
  readonly type: string
  readonly nullable: string
  readonly default_text: string | null
  readonly extra: string
  readonly expression: string | null
  readonly collation: string | null
  readonly comment: string
}
export interface IndexRow {
  readonly table_name: string
  readonly name: string
  readonly non_unique: unknown
  readonly kind: string
  readonly column_name: string | null
  readonly direction: string | null
  readonly length: unknown
  readonly expression: string | null
  readonly comment: string
  readonly visible: string
}
export interface ForeignKeyRow {
  readonly table_name: string
  readonly name: string
  readonly column_name: string
  readonly database_name: string
  readonly referent_database: string
  readonly referent: string
  readonly referent_column: string
}
export interface RuleRow {
  readonly table_name: string
  readonly name: string
  readonly on_delete: string
  readonly on_update: string
}
export interface CheckRow {
  readonly table_name: string
  readonly name: string
  readonly level: string
  readonly condition_text: string
}

export interface Catalogue {
  readonly tables: readonly TableRow[]
  readonly columns: readonly ColumnRow[]
  readonly indexes: readonly IndexRow[]
  readonly foreignKeys: readonly ForeignKeyRow[]
  readonly rules: readonly RuleRow[]
  readonly checks: readonly CheckRow[]
  readonly showing: Showing
}

/** Seven queries. `tables` null reads all tables of the database. */
export async function readCatalogue(
  db: Connection,
  tables: readonly string[] | null,
  abilities: Abilities,
): Promise<Catalogue> {
  const only = (column: string) => (tables === null ? '' : ` AND ${column} IN (${tables.map(() => '?').join(', ')})`)
  const rows = async <Row>(sql: string): Promise<readonly Row[]> =>
    (await db.query<Row>(sql, (tables ?? []) as readonly Value[])).rows
  // One after another: a connection takes one statement at a time.
  return {
    tables: await rows<TableRow>(tableQuery(only('t.table_name'))),
    columns: await rows<ColumnRow>(columnQuery(only('table_name'))),
    indexes: await rows<IndexRow>(indexQuery(only('table_name'), abilities)),
    foreignKeys: await rows<ForeignKeyRow>(foreignKeyQuery(only('table_name'))),
    rules: await rows<RuleRow>(ruleQuery(only('table_name'))),
    checks: await rows<CheckRow>(
      abilities.columnChecks ? checkQuery(only('table_name')) : mysqlCheckQuery(only('tc.table_name')),
    ),
    showing: await readShown(db, tables, abilities),
  }
}

const tableQuery = (only: string): string => `
  SELECT t.table_name AS name, t.engine AS engine, t.table_collation AS collation, t.table_comment AS comment,
    t.create_options AS options, @@collation_database AS database_collation, c.is_default AS is_default
  FROM information_schema.tables t
  LEFT JOIN information_schema.collations c ON c.collation_name = t.table_collation
  WHERE t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')${only}
  ORDER BY t.table_name`

const columnQuery = (only: string): string => `
  SELECT table_name AS table_name, column_name AS name, column_type AS type, is_nullable AS nullable, column_default AS default_text,
    extra AS extra, generation_expression AS expression, collation_name AS collation, column_comment AS comment
  FROM information_schema.columns
  WHERE table_schema = DATABASE()${only}
  ORDER BY table_name, ordinal_position`

// Only MySQL has the columns EXPRESSION and IS_VISIBLE; on MariaDB a key's text tells what these would:
// https://dev.mysql.com/doc/refman/8.4/en/information-schema-statistics-table.html.
const indexQuery = (only: string, { expressionIndexes, product }: Abilities): string => `
  SELECT table_name AS table_name, index_name AS name, non_unique AS non_unique, index_type AS kind, column_name AS column_name,
    collation AS direction, sub_part AS length, ${expressionIndexes ? 'expression' : 'NULL'} AS expression,
    index_comment AS comment, ${product === 'MySQL' ? 'is_visible' : "'YES'"} AS visible
  FROM information_schema.statistics
  WHERE table_schema = DATABASE()${only}
  ORDER BY table_name, index_name, seq_in_index`

const foreignKeyQuery = (only: string): string => `
  SELECT table_name AS table_name, constraint_name AS name, column_name AS column_name, table_schema AS database_name,
    referenced_table_schema AS referent_database, referenced_table_name AS referent, referenced_column_name AS referent_column
  FROM information_schema.key_column_usage
  WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL${only}
  ORDER BY table_name, constraint_name, ordinal_position`

const ruleQuery = (only: string): string => `
  SELECT table_name AS table_name, constraint_name AS name, delete_rule AS on_delete, update_rule AS on_update
  FROM information_schema.referential_constraints
  WHERE constraint_schema = DATABASE()${only}
  ORDER BY table_name, constraint_name`

const checkQuery = (only: string): string => `
  SELECT table_name AS table_name, constraint_name AS name, level AS level, check_clause AS condition_text
  FROM information_schema.check_constraints
  WHERE constraint_schema = DATABASE()${only}
  ORDER BY table_name, constraint_name`

// MySQL's check_constraints does not tell the table:
// https://dev.mysql.com/doc/refman/8.4/en/information-schema-check-constraints-table.html. Not run.
const mysqlCheckQuery = (only: string): string => `
  SELECT tc.table_name AS table_name, cc.constraint_name AS name, 'Table' AS level, cc.check_clause AS condition_text
  FROM information_schema.check_constraints cc
  JOIN information_schema.table_constraints tc
    ON tc.constraint_schema = cc.constraint_schema AND tc.constraint_name = cc.constraint_name AND tc.constraint_type = 'CHECK'
  WHERE cc.constraint_schema = DATABASE()${only}
  ORDER BY tc.table_name, cc.constraint_name`
