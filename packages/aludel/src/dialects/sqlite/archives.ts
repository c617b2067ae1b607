// What SQLite says in its own way where rows are set aside and put back.

import { archiveTexts, madeInSteps } from '../archives.ts'
import { quote } from './literal.ts'

export const archives = archiveTexts({
  quote,
  at: ({ name }) => quote(name),
  kept: (_column, text) => text,
  given: (_column, text) => text,
  // SQLite adds no primary key to a table that is there.
  made: (archive, select, { key, column }) =>
    madeInSteps(archive, select, {
      key: key && `CREATE UNIQUE INDEX ${quote(`${unquoted(archive)}_key`)} ON ${archive} (${key})`,
      column,
    }),
  update: ({ target, source, column, value, on }) =>
    `UPDATE ${target.table} AS ${target.alias} SET ${quote(column)} = ${value} FROM ${source.table} AS ${source.alias} WHERE ${on}`,
  deleteWhere: (archive, condition) => `DELETE FROM ${archive} AS a WHERE ${condition}`,
  // Without a type a value is stored as it comes.
  exactType: '',
  exactly: (text) => text,
  same: (one, other) => `${one} COLLATE BINARY IS ${other}`,
  insert: (to, columns, select) => [
    `INSERT INTO ${quote(to.name)} (${columns.map(({ name }) => quote(name)).join(', ')}) ${select}`,
  ],
})

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"')
}
