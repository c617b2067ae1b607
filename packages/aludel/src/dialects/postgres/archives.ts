// What PostgreSQL says in its own way where rows are set aside and put back.

import type { Column, Table } from '../../schema/model.ts'
import { archiveTexts, madeInSteps } from '../archives.ts'
import { qualified, quote, quoteAll } from './literal.ts'
import { continued, isNumbered } from './render/numbers.ts'
import { typeText } from './types.ts'

export const archives = archiveTexts({
  quote,
  at: qualified,
  kept: (column, text) => (isEnumerated(column) ? `${text}::text` : text),
  given: (column, text) => (isEnumerated(column) ? `${text}::${typeText(column.type)}` : text),
  made: (archive, select, { key, column }) =>
    madeInSteps(archive, select, { key: key && `ALTER TABLE ${archive} ADD PRIMARY KEY (${key})`, column }),
  update: ({ target, source, column, value, on }) =>
    `UPDATE ${target.table} AS ${target.alias} SET ${quote(column)} = ${value} FROM ${source.table} AS ${source.alias} WHERE ${on}`,
  deleteWhere: (archive, condition) => `DELETE FROM ${archive} AS a WHERE ${condition}`,
  exactType: 'text',
  exactly: (text) => `${text}::text`,
  same: (one, other) => `${one} COLLATE "C" IS NOT DISTINCT FROM ${other}`,
  insert: (to, columns, select) => [insertText(to, columns, select), ...continuations(to, columns)],
})

function isEnumerated({ type }: Column): boolean {
  return type.kind === 'enumeration'
}

function insertText(to: Table, columns: readonly Column[], select: string): string {
  const own = columns.some(({ identity }) => identity !== null) ? 'OVERRIDING SYSTEM VALUE ' : ''
  return `INSERT INTO ${qualified(to)} (${quoteAll(columns.map(({ name }) => name))}) ${own}${select}`
}

function continuations(to: Table, columns: readonly Column[]): readonly string[] {
  return columns.filter(isNumbered).map(({ name }) => continued(to, name))
}
