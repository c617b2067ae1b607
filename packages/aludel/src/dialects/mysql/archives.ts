// What MySQL and MariaDB say in their own way where rows are set aside and put back.

import type { Table } from '../../schema/model.ts'
import { archiveTexts } from '../archives.ts'
import { quote } from './literal.ts'

export const archives = archiveTexts({
  quote,
  at: ({ name }) => quote(name),
  kept: (_column, text) => text,
  given: (_column, text) => text,
  // One statement, which is there or not: each of several could be the last before a client dies.
  made: (archive, select, { key, column }) => {
    const parts = [...(column === null ? [] : [column]), ...(key === null ? [] : [`PRIMARY KEY (${key})`])]
    return [`CREATE TABLE ${archive}${parts.length === 0 ? '' : ` (${parts.join(', ')})`} AS ${select}`]
  },
  update: ({ target, source, column, value, on }) =>
    `UPDATE ${target.table} AS ${target.alias} JOIN ${source.table} AS ${source.alias} ON ${on} SET ${target.alias}.${quote(column)} = ${value}`,
  deleteWhere: (archive, condition) => `DELETE a FROM ${archive} AS a WHERE ${condition}`,
  exactType: 'longblob',
  exactly: (text) => `CAST(${text} AS BINARY)`,
  same: (one, other) => `${one} <=> ${other}`,
  insert: (to, columns, select) => {
    const list = columns.map(({ name }) => quote(name)).join(', ')
    const text = `INSERT INTO ${quote(to.name)} (${list}) ${select}`
    return isNumbered(to) ? [...withZeros, text, backToUsual] : [text]
  },
})

function isNumbered({ columns }: Table): boolean {
  return columns.some(({ identity }) => identity !== null)
}

// A zero in a numbered column would be taken for a missing number, and become another one.
const withZeros = [
  'SET @aludel_sql_mode = @@SESSION.sql_mode',
  "SET SESSION sql_mode = CONCAT_WS(',', @@SESSION.sql_mode, 'NO_AUTO_VALUE_ON_ZERO')",
]
const backToUsual = 'SET SESSION sql_mode = @aludel_sql_mode'
