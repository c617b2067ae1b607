// Whether two expressions mean the same: the engine prints both side by side on a table that lives for this moment only.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import { tableKey } from '../../schema/define.ts'
import type { Sql } from '../../schema/sql.ts'
import type { ExpressionPair } from '../dialect.ts'
import { explain } from './explain.ts'
import type { Abilities } from './features.ts'
import { quote } from './literal.ts'
import { expressionText } from './render/columns.ts'
import { sharedTables, shownOf } from './shared-tables.ts'
import { renderType } from './types.ts'

const scratch = 'aludel_expressions'

type Side = 'actual' | 'wanted'

/** A pair with its place in the list that was asked, from which its two names are made. */
interface Numbered {
  readonly pair: ExpressionPair
  readonly at: number
}

export function sameExpressionsWith(
  abilities: Abilities,
): (db: Connection, pairs: readonly ExpressionPair[]) => Promise<readonly boolean[]> {
  return async (db, pairs) => {
    const list = pairs.map((pair, at) => ({ pair, at }))
    const printed = await printedTogether(db, list, abilities)
    const isDone = ({ at }: Numbered) => printed.has(nameOf('actual', at)) && printed.has(nameOf('wanted', at))
    const tables = new Map<string, Numbered[]>()
    for (const one of list.filter((candidate) => !isDone(candidate))) {
      const key = tableKey(one.pair.table)
      const known = tables.get(key)
      if (known === undefined) tables.set(key, [one])
      else known.push(one)
    }
    for (const group of tables.values()) {
      for (const [name, text] of await printedBy(db, group, abilities)) printed.set(name, text)
    }
    return list.map(
      (one) => isDone(one) && printed.get(nameOf('actual', one.at)) === printed.get(nameOf('wanted', one.at)),
    )
  }
}

/** What does not speak of its table by name, on tables that several share; a table with anything that is refused gives nothing. */
async function printedTogether(
  db: Connection,
  list: readonly Numbered[],
  abilities: Abilities,
): Promise<Map<string, string>> {
  const clauses = list.map((one) => ({ ...one, texts: clausesOf(one, abilities) }))
  const printed = new Map<string, string>()
  for (const text of await sharedTables(db, scratch, clauses)) {
    for (const [name, made] of definitionsIn((await shownOf(db, scratch, text)) ?? '')) printed.set(name, made)
  }
  return printed
}

function clausesOf({ pair, at }: Numbered, abilities: Abilities): readonly string[] {
  return [
    clauseOf(pair, pair.actual, nameOf('actual', at), abilities),
    clauseOf(pair, pair.wanted, nameOf('wanted', at), abilities),
  ]
}

function nameOf(side: Side, at: number): string {
  return `aludel_${side}_${at}`
}

/** What the engine makes of each expression, by the name that it was given. */
async function printedBy(
  db: Connection,
  group: readonly Numbered[],
  abilities: Abilities,
): Promise<ReadonlyMap<string, string>> {
  const [first] = group
  if (first === undefined) return new Map()
  await copyTable(db, first.pair.table.name)
  try {
    await addAll(db, group, abilities)
    const { rows } = await db.query<Record<string, string>>(`SHOW CREATE TABLE ${quote(scratch)}`)
    return definitionsIn(rows[0]?.['Create Table'] ?? '')
  } finally {
    await db.query(`DROP TEMPORARY TABLE IF EXISTS ${quote(scratch)}`)
  }
}

// A SELECT without rows gives the columns and nothing else: no keys, no checks, no partitions, no other table's rows read.
async function copyTable(db: Connection, table: string): Promise<void> {
  try {
    await db.query(`CREATE TEMPORARY TABLE ${quote(scratch)} SELECT * FROM ${quote(table)} LIMIT 0`)
  } catch (error) {
    if (explain(error).kind !== 'permission') throw error
    throw new AludelError(
      'permission',
      'Comparing expressions needs a temporary table, which this user may not make.',
      {
        hint: 'GRANT CREATE TEMPORARY TABLES ON the database to this user.',
        cause: error,
      },
    )
  }
}

/** All in one ALTER; where the engine refuses one of them, pair by pair, so that only that one counts as different. */
async function addAll(db: Connection, group: readonly Numbered[], abilities: Abilities): Promise<void> {
  const alter = (pairs: readonly Numbered[]): Promise<unknown> => {
    const clauses = pairs.flatMap((one) => clausesOf(one, abilities)).map((clause) => `ADD ${clause}`)
    return db.query(`ALTER TABLE ${quote(scratch)} ${clauses.join(', ')}`)
  }
  if (await succeeds(alter(group))) return
  for (const one of group) await succeeds(alter([one]))
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (explain(error).kind === 'unreachable') throw error
    return false
  }
}

function clauseOf({ place, type }: ExpressionPair, expression: Sql, name: string, abilities: Abilities): string {
  const text = expressionText(expression)
  const column = `${quote(name)} ${type === null ? 'longtext' : renderType(type, abilities)}`
  switch (place) {
    case 'default':
      return `${column} DEFAULT (${text})`
    case 'generated':
      return `${column} GENERATED ALWAYS AS (${text}) VIRTUAL`
    case 'index':
      return abilities.expressionIndexes ? `INDEX ${quote(name)} ((${text}))` : checkClause(name, text)
    case 'check':
    case 'predicate':
    case 'domain':
      return checkClause(name, text)
  }
}

function checkClause(name: string, text: string): string {
  return `CONSTRAINT ${quote(name)} CHECK (${text})`
}

const definition = /^ {2}(?:CONSTRAINT |KEY )?`(aludel_(?:actual|wanted)_\d+)` (.*?),?$/

/** SHOW CREATE TABLE gives each column, key and check a line; line ends inside texts are escaped there. */
function definitionsIn(create: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const line of create.split('\n')) {
    const [, name, text] = definition.exec(line) ?? []
    if (name !== undefined && text !== undefined) found.set(name, text)
  }
  return found
}
