// CREATE TABLE and CREATE INDEX for SQLite.

import { AludelError } from '../../../errors.ts'
import { constraintsOf, type FoundConstraint } from '../../../ops/parts.ts'
import type { Column, Default, ForeignKey, Index, PrimaryKey, Table, Unique } from '../../../schema/model.ts'
import { withUsualNulls } from '../../../schema/nulls.ts'
import { type Sql, sqlText } from '../../../schema/sql.ts'
import { tokenize } from '../introspect/tokens.ts'
import { literal, quote } from '../literal.ts'
import { renderType } from '../types.ts'
import { noOrderOfNulls, requireStrictTypes } from './refusals.ts'

export const text = (fragment: Sql) => sqlText(fragment, { quote, literal })
export const list = (columns: readonly string[]) => columns.map(quote).join(', ')

/** The statement that makes the table; indexes and triggers come after it. */
export function createTableSql(table: Table, options: { readonly as: string; readonly ifNotExists?: boolean }): string {
  const own = table.primaryKey?.columns.length === 1 ? table.primaryKey : null
  const lines = [
    ...table.columns.map((column) => columnSql(column, table, own?.columns[0] === column.name ? own : null)),
    ...heldConstraints(table)
      .filter((found) => found.value !== own)
      .map(constraintSql),
  ]
  return tableSql(table, lines.join(',\n  '), options)
}

/** The statement around the columns and constraints of a table. */
export function tableSql(
  table: Table,
  inner: string,
  options: { readonly as: string; readonly ifNotExists?: boolean },
): string {
  if (table.sqlite?.strict) requireStrictTypes(table)
  const endings = [
    ...(table.sqlite?.strict ? ['STRICT'] : []),
    ...(table.sqlite?.withoutRowid ? ['WITHOUT ROWID'] : []),
  ]
  const exists = options.ifNotExists ? 'IF NOT EXISTS ' : ''
  const ending = endings.length === 0 ? '' : ` ${endings.join(', ')}`
  const body = options.as === table.name ? inner : unqualified(inner, table.name)
  return `CREATE TABLE ${exists}${quote(options.as)} (\n  ${body}\n)${ending}`
}

// `CHECK ("user"."age" > 0)` names a table that is not there while it is made under another name.
function unqualified(inner: string, table: string): string {
  const tokens = tokenize(inner)
  let written = ''
  let end = 0
  for (const [at, token] of tokens.entries()) {
    const dot = tokens[at + 1]
    const isTable =
      (token.kind === 'name' || token.kind === 'word') && token.value.toLowerCase() === table.toLowerCase()
    if (!isTable || dot?.value !== '.') continue
    written += inner.slice(end, token.start)
    end = dot.end
  }
  return written + inner.slice(end)
}

export type Held = Exclude<FoundConstraint, { readonly type: 'exclude' }>

/** The table's constraints but for those that PostgreSQL alone knows. */
export function heldConstraints(table: Table): readonly Held[] {
  return constraintsOf(table).filter((found) => found.type !== 'exclude')
}

/** A key or check as a line of its own. */
export function constraintSql(found: Held): string {
  switch (found.type) {
    case 'primaryKey':
      return `${named(found.value.name)}PRIMARY KEY (${list(found.value.columns)})`
    case 'unique':
      return uniqueSql(found.value)
    case 'check':
      return `${named(found.value.name)}CHECK (${text(found.value.condition)})`
    case 'foreignKey':
      return foreignKeySql(found.value)
  }
}

/** A column's definition; `key` where it alone is the primary key. */
export function columnSql(
  column: Column,
  table: Pick<Table, 'name' | 'primaryKey' | 'sqlite'>,
  key: PrimaryKey | null,
): string {
  if (column.identity !== null && key === null) {
    throw new AludelError(
      'unsupported-on-engine',
      `SQLite gives numbers only to a primary key of one column; "${table.name}.${column.name}" is not.`,
      {
        hint: 'Make it the primary key, or fill it from the application.',
      },
    )
  }
  const rowid = key !== null && (column.identity !== null || column.type.kind === 'integer')
  const parts = [quote(column.name), rowid ? 'INTEGER' : renderType(column.type)]
  if (!column.nullable && !mayBeNull(column, table)) parts.push('NOT NULL')
  if (key !== null) parts.push(`${named(key.name)}PRIMARY KEY${table.sqlite?.autoincrement ? ' AUTOINCREMENT' : ''}`)
  if (column.default !== null) parts.push(`DEFAULT ${defaultSql(column.default, column)}`)
  if (column.collation !== null) parts.push(`COLLATE ${quote(column.collation)}`)
  if (column.generated !== null) {
    parts.push(
      `GENERATED ALWAYS AS (${text(column.generated.expression)}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`,
    )
  }
  if (column.type.kind === 'enumeration') parts.push(enumCheck(column.name, column.type.values))
  return parts.join(' ')
}

function mayBeNull({ name }: Column, { primaryKey, sqlite }: Pick<Table, 'primaryKey' | 'sqlite'>): boolean {
  return (sqlite?.nullableKey.includes(name) ?? false) && (primaryKey?.columns.includes(name) ?? false)
}

/** The check that stands for an enumeration; introspection knows it by this very text. */
export function enumCheck(column: string, values: readonly string[]): string {
  return `CHECK (${quote(column)} IN (${values.map(literal).join(', ')}))`
}

// The same text as Date#toISOString, so that stored moments compare as texts whoever wrote them.
export const nowSql = {
  timestamp: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
  date: "date('now')",
  time: "strftime('%H:%M:%f', 'now')",
}

export function defaultSql(value: Default, column: Column): string {
  if (value.kind === 'value') return literal(value.value)
  if (value.kind === 'sql') return `(${text(value.sql)})`
  const { kind } = column.type
  return `(${kind === 'date' ? nowSql.date : kind === 'time' ? nowSql.time : nowSql.timestamp})`
}

export function uniqueSql(unique: Unique): string {
  if (unique.deferrable !== null) {
    throw new AludelError('unsupported-on-engine', `SQLite cannot defer the unique constraint "${unique.name}".`, {
      hint: 'Leave `deferrable` out for SQLite.',
    })
  }
  return `${named(unique.name)}UNIQUE (${list(unique.columns)})`
}

function foreignKeySql(key: ForeignKey): string {
  const parts = [
    `${named(key.name)}FOREIGN KEY (${list(key.columns)}) REFERENCES ${quote(key.referent.name)}`,
    ...(key.referentColumns.length === 0 ? [] : [`(${list(key.referentColumns)})`]),
  ]
  if (key.onDelete !== 'no action') parts.push(`ON DELETE ${key.onDelete.toUpperCase()}`)
  if (key.onUpdate !== 'no action') parts.push(`ON UPDATE ${key.onUpdate.toUpperCase()}`)
  if (key.match !== 'simple') parts.push(`MATCH ${key.match.toUpperCase()}`)
  if (key.deferrable !== null) parts.push(`DEFERRABLE INITIALLY ${key.deferrable.toUpperCase()}`)
  return parts.join(' ')
}

function named(name: string | null): string {
  return name === null ? '' : `CONSTRAINT ${quote(name)} `
}

export function createIndexSql(table: string, index: Index, ifNotExists: boolean): string {
  const parts = index.parts.map((part) => {
    if (withUsualNulls(part, false).nulls !== null) throw noOrderOfNulls(index.name, table)
    const of = 'column' in part.of ? quote(part.of.column) : `(${text(part.of.expression)})`
    return part.descending ? `${of} DESC` : of
  })
  const where = index.where === null ? '' : ` WHERE ${text(index.where)}`
  const exists = ifNotExists ? 'IF NOT EXISTS ' : ''
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${exists}${quote(index.name)} ON ${quote(table)} (${parts.join(', ')})${where}`
}
