// Indexes and uniques as clauses of CREATE TABLE and ALTER TABLE.

import { tableTitle } from '../../../schema/lookup.ts'
import type { Index, TableName, Unique } from '../../../schema/model.ts'
import { conventionalName, defaultNaming } from '../../../schema/naming.ts'
import { withUsualNulls } from '../../../schema/nulls.ts'
import type { Abilities } from '../features.ts'
import { quote } from '../literal.ts'
import { expressionText } from './columns.ts'
import { ignoredText, keyOptions } from './options.ts'
import { unsupported } from './refusals.ts'

export function columnList(columns: readonly string[]): string {
  return `(${columns.map(quote).join(', ')})`
}

/** `UNIQUE INDEX name (parts)`, `FULLTEXT INDEX name (parts)`, `INDEX name (parts)`. */
export function indexText(index: Index, table: TableName, abilities: Abilities, condition = ''): string {
  const object = `index "${index.name}" of table ${tableTitle(table)}`
  if (index.where !== null) {
    const alternative =
      'Add a generated column that is NULL outside the condition and index that, or take `where` away: the whole table is then indexed.'
    throw unsupported(abilities, 'partial indexes', object, alternative)
  }
  if (index.parts.some((part) => withUsualNulls(part, false).nulls !== null)) {
    const alternative =
      'Take `nulls` away, or add a generated column that says whether the value is NULL and index that before it.'
    throw unsupported(abilities, 'other place for nulls than its own', object, alternative)
  }
  const parts = index.parts.map((part) => {
    if ('column' in part.of) {
      const length = index.mysql?.length[part.of.column]
      return `${quote(part.of.column)}${length === undefined ? '' : `(${length})`}${part.descending ? ' DESC' : ''}`
    }
    if (!abilities.expressionIndexes) {
      throw unsupported(
        abilities,
        'indexes on expressions',
        object,
        'Add a generated column with the expression and index that.',
      )
    }
    // Functional key parts stand in parentheses of their own:
    // https://dev.mysql.com/doc/refman/8.4/en/create-index.html#create-index-functional-key-parts. Not run.
    return `(${expressionText(part.of.expression)})${part.descending ? ' DESC' : ''}`
  })
  const kind = index.mysql?.prefix ?? (index.unique ? 'UNIQUE' : null)
  const head = `${kind === null ? '' : `${kind.toUpperCase()} `}INDEX ${condition}${quote(index.name)}`
  return `${head} (${parts.join(', ')})${endingOf(index, abilities)}`
}

function endingOf({ mysql }: Index, abilities: Abilities): string {
  if (mysql === null) return ''
  const parser = mysql.parser === null ? '' : ` WITH PARSER ${quote(mysql.parser)}`
  return `${keyOptions(mysql)}${parser}${ignoredText(mysql.ignored, abilities)}`
}

export function uniqueName(table: Pick<TableName, 'name'>, unique: Unique): string {
  return unique.name ?? conventionalName(defaultNaming.uq, { table: table.name, columns: unique.columns })
}

export function uniqueText(unique: Unique, table: TableName, abilities: Abilities): string {
  const name = uniqueName(table, unique)
  if (unique.deferrable !== null)
    throw deferrable(abilities, `unique constraint "${name}" of table ${tableTitle(table)}`)
  return `UNIQUE INDEX ${quote(name)} ${columnList(unique.columns)}`
}

export function deferrable(abilities: Abilities, object: string): Error {
  const alternative =
    'Take `deferrable` away and order the statements of a transaction so that each of them keeps the constraint.'
  return unsupported(abilities, 'deferrable constraints', object, alternative)
}
