// Expressions of several tables printed on one that lives for this moment only: a few questions, however many tables there are.

import type { Connection } from '../../database/types.ts'
import type { ExpressionPair } from '../dialect.ts'
import { type Bound, packed, type Shared } from '../packed.ts'
import { explain } from './explain.ts'
import { literal, quote } from './literal.ts'
import { expressionText } from './render/columns.ts'
import { tokenize } from './tokens.ts'

/** What is to be printed: the expressions of one pair, as parts of a table's definition. */
export interface Clauses {
  readonly pair: ExpressionPair
  readonly at: number
  readonly texts: readonly string[]
}

// A row of columns with types may not be longer than the engine can keep, so few of those stand together.
const room = { columns: 30, weight: 100 }
const weightOf = ({ pair }: Clauses) => (pair.place === 'default' || pair.place === 'generated' ? 10 : 1)

/** The texts of tables that hold the clauses, as few as can be; what speaks of its own table by name is left out. */
export async function sharedTables(db: Connection, name: string, list: readonly Clauses[]): Promise<readonly string[]> {
  const bound = list.map((item) => ({ item, words: wordsIn(item.pair) }))
  const shared = bound.filter(({ item, words }) => !words.has(item.pair.table.name.toLowerCase()))
  if (shared.length === 0) return []
  const types = await columnTypes(db, shared)
  const expressions = shared.map(({ item, words }): Bound<Clauses> => {
    return { item, words, columns: types.get(item.pair.table.name) ?? new Map(), weight: weightOf(item) }
  })
  return packed(expressions, room).map((one) => tableText(name, one))
}

function tableText(name: string, { columns, items }: Shared<Clauses>): string {
  const own = columns.map((column) => `${quote(column.name)} ${column.type}`)
  const members = [...own, ...items.flatMap(({ texts }) => texts)]
  return `CREATE TEMPORARY TABLE ${quote(name)} (aludel int, ${members.join(', ')})`
}

/** In small letters, as the engine compares names of columns. */
function wordsIn({ actual, wanted, column }: ExpressionPair): ReadonlySet<string> {
  const words = new Set(column === null ? [] : [column.toLowerCase()])
  for (const { kind, text } of [actual, wanted].flatMap((one) => [...tokenize(expressionText(one))])) {
    if (kind === 'word') words.add(text.toLowerCase())
    if (kind === 'name') words.add(text.slice(1, -1).replaceAll('``', '`').toLowerCase())
  }
  return words
}

interface TypeRow {
  readonly table_name: string
  readonly name: string
  readonly type: string
  readonly charset: string | null
  readonly collation: string | null
}

/** The columns of these names, by table. */
async function columnTypes(
  db: Connection,
  list: readonly { readonly item: Clauses; readonly words: ReadonlySet<string> }[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const tables = [...new Set(list.map(({ item }) => item.pair.table.name))]
  const words = [...new Set(list.flatMap((one) => [...one.words]))]
  const among = (names: readonly string[]) => names.map(literal).join(', ')
  const { rows } = await db.query<TypeRow>(`SELECT table_name AS table_name, LOWER(column_name) AS name,
      column_type AS type, character_set_name AS charset, collation_name AS collation
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name IN (${among(tables)}) AND column_name IN (${among(words)})`)
  const found = new Map<string, Map<string, string>>()
  for (const { table_name: table, name, type, charset, collation } of rows) {
    const own = found.get(table) ?? new Map<string, string>()
    const text = charset === null ? '' : ` CHARACTER SET ${charset} COLLATE ${collation}`
    // Without NULL a timestamp would be filled by the engine, or refused.
    found.set(table, own.set(name, `${type}${text} NULL`))
  }
  return found
}

/** What the engine makes of the table; null where it refuses something in it. */
export async function shownOf(db: Connection, name: string, text: string): Promise<string | null> {
  try {
    await db.query(text)
  } catch (error) {
    if (explain(error).kind === 'unreachable') throw error
    return null
  }
  try {
    const { rows } = await db.query<Record<string, string>>(`SHOW CREATE TABLE ${quote(name)}`)
    return rows[0]?.['Create Table'] ?? ''
  } finally {
    await db.query(`DROP TEMPORARY TABLE IF EXISTS ${quote(name)}`)
  }
}
