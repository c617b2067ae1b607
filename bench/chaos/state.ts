// All that a database is, as text: its schema as the catalog tells it, its rows as sums, its version rows, and what ran there.

import { createHash } from 'node:crypto'
import { connect, introspect } from '../../packages/aludel/src/index.ts'
import { sortedSchema } from '../../packages/aludel/src/schema/same.ts'
import type { EngineName } from './engine.ts'

type Database = Awaited<ReturnType<typeof connect>>

export interface State {
  readonly versions: readonly string[]
  /** The catalog as JSON, a line an object. */
  readonly schema: readonly string[]
  /** For each table how many rows it has, and their sum. */
  readonly rows: readonly string[]
  /** What nobody may leave behind. */
  readonly remains: readonly string[]
}

export interface HistoryRow {
  readonly id: number
  readonly event: string
  readonly revision: string | null
  readonly direction: string | null
}

const bookkeeping = ['alembic_version', 'aludel_history']
/** When something was kept is another time in each run. */
const times = new Map([['aludel_archive', ['at']]])

export async function readState(url: string, engine: EngineName): Promise<State> {
  const db = await connect(url)
  try {
    const found = sortedSchema(await introspect(db))
    const tables = found.tables.filter(({ name }) => !bookkeeping.includes(name))
    const lists = Object.entries({ ...found, tables }).filter(([, list]) => Array.isArray(list))
    const rows: string[] = []
    const kept = await keptTables(
      db,
      engine,
      tables.map(({ name }) => name),
    )
    for (const name of [...tables.map((table) => table.name), ...kept].sort()) rows.push(await sumOf(db, engine, name))
    const { rows: versions } = await db.query<{ version_num: string }>('SELECT version_num FROM alembic_version')
    return {
      versions: versions.map((row) => row.version_num).sort(),
      schema: lists.flatMap(([kind, list]) => (list as readonly unknown[]).map((one) => `${kind} ${asJson(one)}`)),
      rows,
      remains: await remains(db, engine),
    }
  } finally {
    await db.close()
  }
}

/** How the states differ, a line each; none where they are the same. */
export function differences(actual: State, wanted: State): readonly string[] {
  return (['versions', 'schema', 'rows', 'remains'] as const).flatMap((part) => [
    ...wanted[part].filter((line) => !actual[part].includes(line)).map((line) => `${part} lacks ${line}`),
    ...actual[part].filter((line) => !wanted[part].includes(line)).map((line) => `${part} has ${line}`),
  ])
}

export async function readHistory(url: string): Promise<readonly HistoryRow[]> {
  const db = await connect(url)
  try {
    const { rows } = await db.query<HistoryRow>('SELECT id, event, revision, direction FROM aludel_history ORDER BY id')
    return rows.map((row) => ({ ...row, id: Number(row.id) }))
  } finally {
    await db.close()
  }
}

function asJson(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))
}

/** The archives, which no introspection tells. */
async function keptTables(db: Database, engine: EngineName, known: readonly string[]): Promise<readonly string[]> {
  const from = {
    sqlite: "sqlite_master WHERE type = 'table' AND name",
    postgres: 'pg_tables WHERE tablename',
    mysql: 'information_schema.tables WHERE table_schema = DATABASE() AND table_name',
  }[engine]
  const column = { sqlite: 'name', postgres: 'tablename', mysql: 'table_name' }[engine]
  const { rows } = await db.query<{ name: string }>(`SELECT ${column} AS name FROM ${from} LIKE 'aludel%'`)
  return rows.map(({ name }) => name).filter((name) => !bookkeeping.includes(name) && !known.includes(name))
}

async function sumOf(db: Database, engine: EngineName, table: string): Promise<string> {
  const left = times.get(table) ?? []
  if (engine === 'sqlite') {
    const { rows } = await db.query(`SELECT * FROM "${table}"`)
    const lines = rows.map((row) => asJson(Object.entries(row).filter(([name]) => !left.includes(name))))
    return `${table}: ${rows.length} ${sumOfLines(lines)}`
  }
  const place = engine === 'mysql' ? 'DATABASE()' : 'current_schema()'
  const { rows: columns } = await db.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = ${place} AND table_name = '${table}' ORDER BY 1`,
  )
  const names = columns.map(({ name }) => name).filter((name) => !left.includes(name))
  const sql =
    engine === 'mysql'
      ? `SELECT count(*) AS n, CAST(sum(CAST(conv(left(md5(concat_ws('|', ${names.map((name) => `quote(\`${name}\`)`).join(', ')})), 12), 16, 10) AS unsigned)) AS char) AS sum FROM \`${table}\``
      : `SELECT count(*) AS n, sum(hashtextextended(ROW(${names.map((name) => `"${name}"`).join(', ')})::text, 7))::text AS sum FROM "${table}"`
  const { rows } = await db.query<{ n: unknown; sum: string | null }>(sql)
  return `${table}: ${String(rows[0]?.n)} ${rows[0]?.sum}`
}

function sumOfLines(lines: readonly string[]): string {
  const hash = createHash('sha256')
  for (const line of [...lines].sort()) hash.update(`${line}\n`)
  return hash.digest('hex').slice(0, 16)
}

/** Half-built indexes, and the tables that take the place of others while those are made anew. */
async function remains(db: Database, engine: EngineName): Promise<readonly string[]> {
  const asked = {
    sqlite: "SELECT name FROM sqlite_master WHERE name LIKE '\\_aludel%' ESCAPE '\\'",
    postgres: 'SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid OR NOT indisready',
    mysql:
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '#sql%'",
  }[engine]
  return (await db.query<{ name: string }>(asked)).rows.map(({ name }) => name)
}
