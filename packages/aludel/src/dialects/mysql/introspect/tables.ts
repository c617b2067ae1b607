// A table's own options, where they are not what the database or the engine would choose.

import { sameData } from '../../../schema/canonical.ts'
import { type MysqlTable, plainMysqlTable } from '../../../schema/mysql-model.ts'
import { charsetOf } from '../render/settings.ts'
import { isBlank, tokenize } from '../tokens.ts'
import type { TableRow } from './queries.ts'
import { optionsIn, ownOptions } from './table-text.ts'

// MySQL tells the options in small letters and without quotes, and partitions by a word alone:
// https://dev.mysql.com/doc/refman/8.4/en/information-schema-tables-table.html. Not run.
export function createOptions({ options }: TableRow): Readonly<Record<string, string>> {
  const text = (options ?? '').replace(/\bpartitioned\b/i, '')
  return ownOptions(optionsIn([...tokenize(text)].filter((token) => !isBlank(token))))
}

export function optionsOf(
  row: TableRow,
  { options, partitions }: Pick<MysqlTable, 'options' | 'partitions'>,
): MysqlTable | null {
  const engine = row.engine === null || /^innodb$/i.test(row.engine) ? null : row.engine
  const { collation, charset } = collationOf(row)
  const found: MysqlTable = { engine, charset, collation, options, partitions }
  return sameData(found, plainMysqlTable) ? null : found
}

function collationOf({ collation, database_collation, is_default }: TableRow): {
  readonly collation: string | null
  readonly charset: string | null
} {
  if (collation === null || collation === database_collation) return { collation: null, charset: null }
  if (charsetOf(collation) === charsetOf(database_collation)) return { collation, charset: null }
  return { collation: is_default === 'Yes' ? null : collation, charset: charsetOf(collation) }
}
