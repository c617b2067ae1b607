// Whether two expressions mean the same: SQLite compiles both against the table, and equal programs are equal expressions.

import type { Connection } from '../../database/types.ts'
import { type Sql, sqlText } from '../../schema/sql.ts'
import type { ExpressionPair } from '../dialect.ts'
import { literal, quote } from './literal.ts'

export async function sameExpressions(db: Connection, pairs: readonly ExpressionPair[]): Promise<readonly boolean[]> {
  const answers: boolean[] = []
  for (const pair of pairs) {
    const actual = await program(db, pair, pair.actual)
    const wanted = await program(db, pair, pair.wanted)
    answers.push(actual !== null && actual === wanted)
  }
  return answers
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
