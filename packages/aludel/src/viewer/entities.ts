// Tables and what refers to what as a Mermaid entity-relationship diagram, for Markdown that draws such blocks.

import type { Dialect } from '../dialects/dialect.ts'
import { tableKey } from '../schema/define.ts'
import type { Column, ForeignKey, Schema, Table, TableName } from '../schema/model.ts'

/** A table with its columns and keys, and a line for each foreign key. */
export function entitiesOf(schema: Schema, dialect: Pick<Dialect, 'type'>): string {
  const names = new Map(schema.tables.map((table, position) => [tableKey(table), `t${position}`]))
  const nameOf = (table: TableName) => names.get(tableKey(table))
  return [
    'erDiagram',
    ...schema.tables.flatMap((table) => entityOf(table, nameOf(table) ?? '', dialect)),
    ...schema.tables.flatMap((table) =>
      table.foreignKeys.flatMap((key) => {
        const [from, to] = [nameOf(table), nameOf(key.referent)]
        return from === undefined || to === undefined ? [] : [relationOf(table, key, from, to)]
      }),
    ),
  ].join('\n')
}

// A name of its own for each keeps reserved words and odd characters out of the grammar; the label shows the real one.
function entityOf(table: Table, name: string, { type }: Pick<Dialect, 'type'>): readonly string[] {
  const columns = table.columns.map((column) => `    ${word(type(column.type))} ${columnText(table, column)}`)
  return [`  ${name}["${label(titleOf(table))}"] {`, ...columns, '  }']
}

function columnText(table: Table, column: Column): string {
  const keys = [
    ...(table.primaryKey?.columns.includes(column.name) ? ['PK'] : []),
    ...(table.foreignKeys.some(({ columns }) => columns.includes(column.name)) ? ['FK'] : []),
    ...(table.uniques.some(({ columns }) => columns.length === 1 && columns[0] === column.name) ? ['UK'] : []),
  ]
  const name = word(column.name)
  const comments = [...(name === column.name ? [] : [column.name]), ...(column.nullable ? ['null'] : [])]
  const told = comments.length === 0 ? '' : ` "${label(comments.join(', '))}"`
  return `${name}${keys.length === 0 ? '' : ` ${keys.join(', ')}`}${told}`
}

/** Whether a row must have its referent, and whether a referent has one row at most. */
function relationOf(table: Table, key: ForeignKey, from: string, to: string): string {
  const isOptional = table.columns.some(({ name, nullable }) => nullable && key.columns.includes(name))
  const isOnly = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques].some(
    ({ columns }) => columns.length === key.columns.length && columns.every((name) => key.columns.includes(name)),
  )
  return `  ${to} ${isOptional ? '|o' : '||'}--${isOnly ? 'o|' : 'o{'} ${from} : "${label(key.columns.join(', '))}"`
}

function titleOf({ namespace, name }: TableName): string {
  return namespace === null ? name : `${namespace}.${name}`
}

/** Types and columns may be words with digits, `-`, `_`, parentheses and brackets only. */
function word(text: string): string {
  const plain = text.replace(/,\s*/g, '-').replace(/[^\p{L}\p{N}_()[\]-]+/gu, '_')
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`
}

function label(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,._()-]/gu, (character) => `#${character.codePointAt(0)};`)
}
