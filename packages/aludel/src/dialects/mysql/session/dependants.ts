// Who refused a DROP TABLE: MariaDB's error 1451 does not say, so the catalogue is asked.

import { literal } from '../literal.ts'
import { isBlank, tokenize } from '../tokens.ts'
import type { Wire } from './wire.ts'

/** The foreign keys of other tables that refer to the tables of a DROP TABLE, as `table.name`. */
export async function dependantsOf(wire: Wire, sql: string): Promise<readonly string[]> {
  const dropped = droppedTables(sql)
  if (dropped.length === 0) return []
  const list = dropped.map(literal).join(', ')
  const { rows } = await wire.send(
    `SELECT DISTINCT table_name AS table_name, constraint_name AS name FROM information_schema.key_column_usage
     WHERE table_schema = DATABASE() AND referenced_table_schema = DATABASE()
       AND referenced_table_name IN (${list}) AND table_name NOT IN (${list})
     ORDER BY table_name, constraint_name`,
  )
  return rows.map((row) => `${row.table_name}.${row.name}`)
}

/** The names after DROP TABLE; none for any other statement. */
function droppedTables(sql: string): readonly string[] {
  const tokens = [...tokenize(sql)].filter((token) => !isBlank(token))
  const words = tokens.map((token) => token.text.toUpperCase())
  if (words[0] !== 'DROP' || words[1] !== 'TABLE') return []
  const start = words[2] === 'IF' ? 4 : 2
  return tokens.slice(start).flatMap(({ kind, text }) => {
    if (kind === 'name') return [text.slice(1, -1).replaceAll('``', '`')]
    return kind === 'word' ? [text] : []
  })
}
