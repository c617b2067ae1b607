// What an engine says of a database, asked independently of Aludel: lines whose order means nothing.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Connection } from '../../packages/aludel/src/database/types.ts'
import type { Dialect } from '../../packages/aludel/src/dialects/dialect.ts'

export interface Described {
  readonly db: Connection
  readonly dialect: Dialect
  /** The address with its secret, for programs. */
  readonly url: string
}

export type Describe = (database: Described) => Promise<readonly string[]>

/** By pg_dump, each statement for itself, the columns of a table in one order. */
export const describePostgres: Describe = async ({ dialect, url }) => {
  const given = ['--schema-only', '--no-tablespaces', url]
  const { stdout } = await promisify(execFile)('pg_dump', given, { maxBuffer: 64 * 1024 ** 2 })
  const plain = stdout.replace(/^\\(?:un)?restrict .*$/gm, '')
  return dialect
    .split(plain)
    .map((statement) => statement.replace(/^(?:\s|--[^\n]*\n)*/, ''))
    .filter((statement) => !/^(?:SET |SELECT pg_catalog\.set_config)/.test(statement))
    .map((statement) => (/^CREATE (?:UNLOGGED |FOREIGN )?TABLE /.test(statement) ? inOneOrder(statement) : statement))
    .sort()
}

interface Named {
  readonly kind: string
  readonly name: string
}

/** By SHOW CREATE of everything. */
export const describeMysql: Describe = async ({ db, dialect, url }) => {
  const own = decodeURIComponent(new URL(url).pathname.slice(1))
  const { rows } = await db.query<Named>(`
    SELECT CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, table_name AS name
      FROM information_schema.tables WHERE table_schema = DATABASE()
    UNION ALL SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()
    UNION ALL SELECT 'TRIGGER', trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()
    UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = DATABASE()`)
  // Where nothing is said, an event starts when it was made: that is no part of what it is.
  const started = await db.query<{ name: string }>(
    'SELECT event_name AS name FROM information_schema.events WHERE event_schema = DATABASE() AND starts = created',
  )
  const startsAtOnce = new Set(started.rows.map((row) => row.name))
  const texts: string[] = []
  for (const { kind, name } of rows) {
    const shown = await db.query<Record<string, unknown>>(`SHOW CREATE ${kind} ${dialect.quote(name)}`)
    const row = shown.rows[0] ?? {}
    const text = Object.entries(row).find(
      ([key]) => /^(?:Create |SQL Original Statement|Table$)/i.test(key) && key !== kind,
    )
    const found = String(row['Create Table'] ?? row['SQL Original Statement'] ?? text?.[1] ?? '')
    const told = kind === 'EVENT' && startsAtOnce.has(name) ? found.replace(/ STARTS '[^']*'/, '') : found
    const bare = told.replaceAll(`\`${own}\`.`, '').replace(/ AUTO_INCREMENT=\d+/, '')
    texts.push(`${kind} ${name} ${kind === 'TABLE' ? inOneOrder(bare) : bare}`)
  }
  return texts.sort()
}

/** A table's lines between its parentheses in one order; where a comma stands says nothing then. */
function inOneOrder(statement: string): string {
  const lines = statement.split('\n')
  const end = lines.findLastIndex((line) => line.startsWith(')'))
  if (end < 1) return statement
  const inner = lines.slice(1, end).map((line) => line.trim().replace(/,$/, ''))
  return [lines[0], ...inner.sort(), ...lines.slice(end)].join('\n')
}

/** By its pragmas; views and triggers as they are written. */
export const describeSqlite: Describe = async ({ db }) => {
  const { rows } = await db.query<Named & { readonly type: string; readonly sql: string | null }>(
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
  )
  const lines: string[] = []
  const ask = async (label: string, sql: string, name: string) => {
    const answer = await db.query<Record<string, unknown>>(sql, [name])
    for (const row of answer.rows) lines.push(`${label} ${name} ${JSON.stringify(row)}`)
    return answer.rows
  }
  for (const { type, name, sql } of rows) {
    if (type === 'view' || type === 'trigger') lines.push(`${type} ${name} ${plainly(sql ?? '')}`)
    if (type !== 'table') continue
    await ask('table', "SELECT wr, strict FROM pragma_table_list(?) WHERE schema = 'main'", name)
    await ask(
      'column',
      'SELECT name, lower(type) AS type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)',
      name,
    )
    await ask(
      'key',
      'SELECT "table", seq, "from", "to", on_update, on_delete, match FROM pragma_foreign_key_list(?)',
      name,
    )
    lines.push(`words ${name} ${wordsOf(sql ?? '')}`)
    const indexes = await db.query<{ name: string; unique: number; origin: string; partial: number }>(
      'SELECT name, "unique", origin, partial FROM pragma_index_list(?)',
      [name],
    )
    for (const index of indexes.rows) {
      const parts = await db.query('SELECT seqno, name, "desc", coll, "key" FROM pragma_index_xinfo(?)', [index.name])
      const written = rows.find((row) => row.type === 'index' && row.name === index.name)?.sql ?? null
      const title = index.origin === 'c' ? index.name : index.origin
      const shown = { ...index, name: title, parts: parts.rows, sql: written === null ? null : plainly(written) }
      lines.push(`index ${name} ${JSON.stringify(shown)}`)
    }
  }
  return lines.sort()
}

/** Words in one case, without comments, quotes and the white space between them. */
function plainly(sql: string): string {
  return sql
    .replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ')
    .replace(/["`[\]]/g, '')
    .replace(/\s*([(),])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(' if not exists', '')
}

/** What no pragma tells. */
function wordsOf(sql: string): string {
  const found = plainly(sql).match(/\b(?:check|collate|autoincrement|deferrable|on conflict)\b/g) ?? []
  return found.sort().join(' ')
}
