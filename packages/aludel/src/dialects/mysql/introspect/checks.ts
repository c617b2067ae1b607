// Checks of the catalogue, without the one that makes a longtext JSON on MariaDB.

import { namesIdentifier } from '../../../schema/identifiers.ts'
import type { Check, Table } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import type { Abilities } from '../features.ts'
import { firstNamed, markOwner } from '../render/columns.ts'
import type { CheckRow } from './queries.ts'

/** MariaDB names a check that stands with a column after the column, as it was called when the check was made. */
const isColumnCheck = (check: CheckRow): boolean => check.level === 'Column'

/** The column that a check makes JSON of a longtext; null for any other check. */
export function jsonColumn(check: CheckRow): string | null {
  const [, name] = /^json_valid\(`((?:[^`]|``)*)`\)$/.exec(check.condition_text) ?? []
  return name === undefined || !isColumnCheck(check) ? null : name.replaceAll('``', '`')
}

export function checkOf(row: CheckRow, table: Pick<Table, 'columns'>, abilities: Abilities): Check {
  const condition = rawSql(catalogueText(row.condition_text, abilities))
  if (!isColumnCheck(row)) return { name: row.name, condition, postgres: null }
  const isClear = firstNamed(condition, table) === row.name || !namesIdentifier(condition, row.name)
  return {
    name: null,
    condition: isClear ? condition : rawSql(markOwner(row.condition_text, row.name)),
    postgres: null,
  }
}

/** An expression of the catalogue as SQL. */
export function catalogueText(text: string, { product }: Abilities): string {
  return product === 'MySQL' ? unescaped(text) : text
}

// MySQL puts a backslash before each quote of an expression, and before each backslash:
// https://github.com/rails/rails/issues/42424. Not run.
export function unescaped(text: string): string {
  return text.replace(/\\(['"\\])/g, '$1')
}
