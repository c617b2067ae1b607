// One column as MySQL wants it: always whole, so that nothing of it is reset when a part of it changes.

import { createHash } from 'node:crypto'
import type { Check, Column, Default, Table } from '../../../schema/model.ts'
import { conventionalName, defaultNaming } from '../../../schema/naming.ts'
import { type Sql, sqlText } from '../../../schema/sql.ts'
import { temporalOf } from '../defaults.ts'
import type { Abilities } from '../features.ts'
import { quote, quotedText, storedLiteral } from '../literal.ts'
import { tokenize } from '../tokens.ts'
import { renderType, splitAttributes } from '../types.ts'
import { isKeyed } from './keys.ts'

/** The text of an expression that the engine keeps. A comment at its end must not swallow what stands behind it. */
export function expressionText(fragment: Sql): string {
  const text = sqlText(fragment, { quote, literal: storedLiteral }).trim()
  const last = [...tokenize(text)].at(-1)
  return last?.kind === 'comment' && !last.text.startsWith('/*') ? `${text}\n` : text
}

/** The column with everything that belongs to it, as it stands in CREATE TABLE, ADD COLUMN and MODIFY COLUMN. */
export function columnText(column: Column, table: Table, abilities: Abilities): string {
  const { type, attributes } = splitAttributes(renderType(column.type, abilities))
  const checks = table.checks.filter((check) => ownerOf(check, table, abilities) === column.name)
  const numbered = column.identity !== null && isKeyed(table, column.name)
  return [
    `${quote(column.name)} ${type}`,
    column.collation === null ? '' : ` COLLATE ${quote(column.collation)}`,
    generatedText(column),
    nullability(column, type, abilities),
    column.default === null || column.generated !== null
      ? ''
      : ` DEFAULT ${defaultText(column.default, column, abilities)}`,
    numbered ? ' AUTO_INCREMENT' : '',
    attributes,
    column.comment === null ? '' : ` COMMENT ${quotedText(column.comment)}`,
    ...checks.map((check) => ` CHECK (${expressionText(check.condition)})`),
  ].join('')
}

function generatedText({ generated }: Column): string {
  if (generated === null) return ''
  return ` GENERATED ALWAYS AS (${expressionText(generated.expression)}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`
}

// A `timestamp` without NULL is NOT NULL where explicit_defaults_for_timestamp is off.
function nullability(column: Column, type: string, { generatedNotNull }: Abilities): string {
  if (column.generated !== null && !generatedNotNull) return ''
  if (!column.nullable || column.identity !== null) return ' NOT NULL'
  return /^timestamp\b/i.test(type) ? ' NULL' : ''
}

/** What stands after DEFAULT. */
function defaultText(given: Default, column: Pick<Column, 'type'>, abilities: Abilities): string {
  if (given.kind === 'now') return nowText(column)
  if (given.kind === 'sql') return `(${expressionText(given.sql)})`
  const text = storedLiteral(given.value)
  const isExpression = /^(?:CONCAT|CHAR)\(/.test(text) || isLarge(column, abilities)
  return isExpression ? `(${text})` : text
}

// https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html: BLOB, TEXT, GEOMETRY and JSON take a default only as
// an expression, in parentheses. Not run.
function isLarge({ type }: Pick<Column, 'type'>, { largeDefaultsInParentheses }: Abilities): boolean {
  if (!largeDefaultsInParentheses) return false
  if (type.kind === 'raw') return /(?:text|blob)\b|^(?:json|geometry|point|linestring|polygon)/i.test(type.sql)
  return type.kind === 'text' || type.kind === 'json' || type.kind === 'binary'
}

function nowText({ type }: Pick<Column, 'type'>): string {
  const temporal = temporalOf(type)
  const precision = temporal?.precision ? `(${temporal.precision})` : ''
  if (temporal?.type === 'date') return '(CURRENT_DATE)'
  if (temporal?.type === 'time') return `(CURTIME${precision === '' ? '()' : precision})`
  return temporal === null ? '(CURRENT_TIMESTAMP)' : `CURRENT_TIMESTAMP${precision}`
}

const ownerMark = /^\/\* column (.*?) \*\/ /

/**
 * The column that a check without a name belongs to: MariaDB keeps such a check with a column, not with the table.
 * It is the first one that the condition names, unless introspection marked another.
 */
export function ownerOf(check: Check, table: Table, { columnChecks }: Pick<Abilities, 'columnChecks'>): string | null {
  if (check.name !== null || !columnChecks) return null
  const owner = markedOwner(check) ?? firstNamed(check.condition, table)
  const column = table.columns.find((candidate) => candidate.name === owner)
  // JSON has its own check there, and neither a numbered nor a generated column can have one.
  if (column === undefined || column.type.kind === 'json' || column.identity !== null || column.generated !== null)
    return null
  const first = table.checks.find(
    (other) => other.name === null && (markedOwner(other) ?? firstNamed(other.condition, table)) === owner,
  )
  return first === check ? column.name : null
}

function markedOwner({ condition }: Check): string | null {
  const [first] = condition.parts
  return typeof first === 'string' ? (ownerMark.exec(first)?.[1] ?? null) : null
}

/** The column of the table that a condition names before all others. */
export function firstNamed(condition: Sql, { columns }: Pick<Table, 'columns'>): string | null {
  for (const token of tokenize(expressionText(condition))) {
    if (token.kind !== 'word' && token.kind !== 'name') continue
    const name = token.kind === 'name' ? token.text.slice(1, -1).replaceAll('``', '`') : token.text
    const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
    if (found !== undefined) return found.name
  }
  return null
}

export function markOwner(condition: string, column: string): string {
  return `/* column ${column} */ ${condition}`
}

/** The name that a check has or is given, where it belongs to the table. */
export function checkName(table: Pick<Table, 'name'>, check: Check): string {
  if (check.name !== null) return check.name
  const digest = createHash('sha256').update(expressionText(check.condition)).digest('hex').slice(0, 8)
  return conventionalName(defaultNaming.ck, { table: table.name, name: digest })
}
