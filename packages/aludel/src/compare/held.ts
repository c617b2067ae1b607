// Whether there are rows in tables and values in columns: many questions in one round trip.

import type { Connection } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Held } from '../diff/losses.ts'

// Engines limit how many selects one statement may join, SQLite to 500.
const together = 400

/** For each: true where the database holds such a row, null where it does not say (no right to read it). */
export async function whatIsHeld(
  db: Connection,
  dialect: Dialect,
  list: readonly Held[],
): Promise<readonly (boolean | null)[]> {
  const answers: (boolean | null)[] = []
  for (let at = 0; at < list.length; at += together) {
    answers.push(...(await answersTo(db, dialect, list.slice(at, at + together))))
  }
  return answers
}

async function answersTo(
  db: Connection,
  dialect: Dialect,
  list: readonly Held[],
): Promise<readonly (boolean | null)[]> {
  const text = list
    .map((held, at) => `SELECT ${at} AS position, EXISTS(${existsText(dialect, held)}) AS held`)
    .join(' UNION ALL ')
  try {
    const { rows } = await db.query<{ position: unknown; held: unknown }>(text)
    const found = new Map(rows.map(({ position, held }) => [Number(position), Boolean(Number(held))]))
    return list.map((_, at) => found.get(at) ?? null)
  } catch (error) {
    if (dialect.explain(error).kind !== 'permission') throw error
    if (list.length === 1) return [null]
    // One table that must not be read is no reason to know nothing of the others.
    const single: (boolean | null)[] = []
    for (const held of list) single.push(...(await answersTo(db, dialect, [held])))
    return single
  }
}

function existsText({ quote }: Dialect, { table, column, isNull }: Held): string {
  const from = table.namespace === null ? quote(table.name) : `${quote(table.namespace)}.${quote(table.name)}`
  const where = column === null ? '' : ` WHERE ${quote(column)} IS ${isNull ? '' : 'NOT '}NULL`
  return `SELECT 1 FROM ${from}${where}`
}
