// A table's own options, where they are not what the database or the engine would choose.

import type { MysqlTable } from '../../../schema/model.ts'
import { charsetOf } from '../render/settings.ts'
import type { TableRow } from './queries.ts'

export function optionsOf(row: TableRow): MysqlTable | null {
  const engine = row.engine === null || /^innodb$/i.test(row.engine) ? null : row.engine
  const { collation, charset } = collationOf(row)
  return engine === null && charset === null && collation === null ? null : { engine, charset, collation }
}

function collationOf({ collation, database_collation, is_default }: TableRow): {
  readonly collation: string | null
  readonly charset: string | null
} {
  if (collation === null || collation === database_collation) return { collation: null, charset: null }
  if (charsetOf(collation) === charsetOf(database_collation)) return { collation, charset: null }
  return { collation: is_default === 'Yes' ? null : collation, charset: charsetOf(collation) }
}
