// Whether two expressions mean the same: SQLite compiles both against the table, and equal programs are equal expressions.

import type { Connection } from '../../database/types.ts'
import { type Sql, sqlText } from '../../schema/sql.ts'
import type { ExpressionPair } from '../dialect.ts'
import { connect } from './connect.ts'
import { literal, quote } from './literal.ts'

/**
 * Both are compiled in a database in memory that has the same tables: a statement that was explained keeps the tables of
 * its connection locked with some drivers, and nothing of it is needed but the program.
 */
export async function sameExpressions(db: Connection, pairs: readonly ExpressionPair[]): Promise<readonly boolean[]> {
  const scratch = await connect({
    url: 'sqlite::memory:',
    directory: '.',
    lockTimeout: 0,
    mustExist: false,
    resolveFrom: [],
  })
  try {
    await copyTables(db, scratch, new Set(pairs.map((pair) => pair.table.name)))
    const answers: boolean[] = []
    for (const pair of pairs) {
      const actual = await program(scratch, pair, pair.actual)
      const wanted = await program(scratch, pair, pair.wanted)
      answers.push(actual !== null && actual === wanted)
    }
    return answers
  } finally {
    await scratch.close()
  }
}

async function copyTables(db: Connection, scratch: Connection, names: ReadonlySet<string>): Promise<void> {
  const { rows } = await db.query<{ readonly name: string; readonly sql: string }>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL ORDER BY rowid",
  )
  for (const { name, sql } of rows) if (names.has(name)) await scratch.script(sql)
}

/** The bytecode of the expression over the table's rows; null where the engine refuses the text. */
async function program(db: Connection, pair: ExpressionPair, expression: Sql): Promise<string | null> {
  const text = sqlText(expression, { quote, literal })
  const from = pair.place === 'default' ? '' : ` FROM ${quote(pair.table.name)} NOT INDEXED`
  try {
    const { rows } = await db.query(`EXPLAIN SELECT (${text})${from}`)
    return JSON.stringify(rows, (key, value: unknown) => (key === 'comment' ? undefined : value))
  } catch {
    return null
  }
}
