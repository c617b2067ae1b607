// Expressions as the server prints them: each is made on a temporary partitioned table, which has no storage, and read back.

import type { Connection } from '../../database/types.ts'
import { tableKey } from '../../schema/define.ts'
import type { TableName } from '../../schema/model.ts'
import type { ExpressionPair } from '../dialect.ts'
import { explain } from './explain.ts'
import { literal, quote } from './literal.ts'

export interface Probe {
  readonly place: ExpressionPair['place']
  readonly table: TableName
  readonly column: string | null
  /** What a default or generated value becomes; null takes the column's type. */
  readonly type: string | null
  readonly text: string
}

/** A table to put expressions on, and the expressions. */
interface Bench {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly probes: readonly (readonly [label: string, probe: Probe])[]
}

const tablesAtOnce = 500
const statementsAtOnce = 25
const defaultsAtOnce = 100

/** The printed texts, in the order of the probes; null for what does not compile. */
export async function print(db: Connection, probes: readonly Probe[]): Promise<readonly (string | null)[]> {
  const labels = new Map<string, string>()
  const labelled = probes.map((probe) => {
    const key = probeKey(probe)
    const label = labels.get(key) ?? `aludel_${labels.size}`
    labels.set(key, label)
    return [label, probe] as const
  })
  const distinct = [...new Map(labelled).entries()]
  const columns = await columnsOf(
    db,
    distinct.map(([, probe]) => probe),
  )
  const printed = new Map<string, string>()
  for (const benches of batches([...defaultBenches(distinct), ...tableBenches(distinct, columns)])) {
    for (const [label, text] of await printOn(db, benches)) printed.set(label, text)
  }
  return labelled.map(([label]) => printed.get(label) ?? null)
}

// A default names no column, so it depends on its type alone.
function isFree({ place, type }: Probe): boolean {
  return place === 'default' && type !== null
}

function probeKey(probe: Probe): string {
  const { place, table, column, type, text } = probe
  return JSON.stringify(isFree(probe) ? [place, type, text] : [place, tableKey(table), column, type, text])
}

type Labelled = readonly (readonly [label: string, probe: Probe])[]

function defaultBenches(probes: Labelled): readonly Bench[] {
  const free = probes.filter(([, probe]) => isFree(probe))
  return chunks(free, defaultsAtOnce).map((some, number) => ({
    name: `aludel_defaults_${number}`,
    columns: [],
    probes: some,
  }))
}

function tableBenches(probes: Labelled, columns: ReadonlyMap<string, readonly TableColumn[]>): readonly Bench[] {
  const tables = new Map<string, (readonly [string, Probe])[]>()
  for (const [label, probe] of probes) {
    if (isFree(probe)) continue
    const list = tables.get(tableKey(probe.table))
    if (list === undefined) tables.set(tableKey(probe.table), [[label, probe]])
    else list.push([label, probe])
  }
  return [...tables].map(([key, some]) => ({
    name: some[0]?.[1].table.name ?? '',
    columns: columns.get(key) ?? some.flatMap(([, probe]) => valueColumn(probe)).slice(0, 1),
    probes: some,
  }))
}

/** A domain's VALUE is read as a column of that name. */
function valueColumn({ place, type }: Probe): Bench['columns'] {
  return place === 'domain' && type !== null ? [{ name: 'value', type }] : []
}

/** Not too many tables in one transaction, and never two of one name: they all stand in one temporary namespace. */
function batches(benches: readonly Bench[]): readonly (readonly Bench[])[] {
  const rounds: Map<string, Bench>[] = []
  for (const bench of benches) {
    const free = rounds.find((round) => round.size < tablesAtOnce && !round.has(bench.name))
    if (free === undefined) rounds.push(new Map([[bench.name, bench]]))
    else free.set(bench.name, bench)
  }
  return rounds.map((round) => [...round.values()])
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}

interface TableColumn {
  readonly table: string
  readonly namespace: string | null
  readonly name: string
  readonly type: string
}

async function columnsOf(
  db: Connection,
  probes: readonly Probe[],
): Promise<ReadonlyMap<string, readonly TableColumn[]>> {
  const distinct = new Map(probes.map(({ table }) => [tableKey(table), table])).values()
  const names = [...distinct].map(
    ({ namespace, name }) => `(${namespace === null ? 'current_schema()' : literal(namespace)}, ${literal(name)})`,
  )
  const { rows } =
    await db.query<TableColumn>(`SELECT c.relname AS table, nullif(n.nspname, current_schema()) AS namespace,
      a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE (n.nspname, c.relname) IN (${names.join(', ')}) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`)
  const columns = new Map<string, TableColumn[]>()
  for (const row of rows) {
    const key = tableKey({ namespace: row.namespace, name: row.table })
    const list = columns.get(key)
    if (list === undefined) columns.set(key, [row])
    else list.push(row)
  }
  return columns
}

async function printOn(db: Connection, benches: readonly Bench[]): Promise<ReadonlyMap<string, string>> {
  const enough = new Error('Nothing that was made for a comparison is kept.')
  let printed: ReadonlyMap<string, string> = new Map()
  const work = async () => {
    await db.statements(["SET LOCAL lock_timeout = '500ms'", ...benches.map(benchText)])
    for (const some of chunks(benches.flatMap(probeTexts), statementsAtOnce)) await makeWhatCompiles(db, some)
    printed = await readBack(db)
    throw enough
  }
  await db.transaction(work).catch((error) => {
    if (error !== enough) throw error
  })
  return printed
}

function benchText({ name, columns }: Bench): string {
  const taken = new Set(columns.map((column) => column.name))
  const key = ['aludel', 'aludel_key', 'aludel_partition_key'].find((candidate) => !taken.has(candidate)) ?? 'aludel__'
  const members = [`${quote(key)} int`, ...columns.map((column) => `${quote(column.name)} ${column.type}`)]
  return `CREATE TEMPORARY TABLE ${quote(name)} (${members.join(', ')}) PARTITION BY LIST (${quote(key)})`
}

function probeTexts({ name, columns, probes }: Bench): readonly string[] {
  const table = `ALTER TABLE pg_temp.${quote(name)}`
  return probes.map(([label, { place, column, type, text }]) => {
    const columnType = type ?? columns.find((candidate) => candidate.name === column)?.type ?? 'text'
    switch (place) {
      case 'default':
        return `${table} ADD COLUMN ${label} ${columnType} DEFAULT (${text}\n)`
      case 'generated':
        return `${table} ADD COLUMN ${label} ${columnType} GENERATED ALWAYS AS (${text}\n) STORED`
      case 'index':
        // A condition takes any expression; an index would ask for an operator class as well.
        return `${table} ADD CONSTRAINT ${label} CHECK ((${text}\n) IS NOT NULL)`
      default:
        return `${table} ADD CONSTRAINT ${label} CHECK (${text}\n)`
    }
  })
}

/** Makes the statements together; the one that fails is left out and the rest is tried again. */
async function makeWhatCompiles(db: Connection, list: readonly string[]): Promise<void> {
  if (list.length === 0) return
  try {
    await db.transaction(() => db.statements(list))
  } catch (error) {
    const { position } = error as { readonly position?: unknown }
    if (typeof position !== 'number' || explain(error).kind === 'unreachable') throw error
    await makeWhatCompiles(db, list.toSpliced(position, 1))
  }
}

async function readBack(db: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{
    label: string
    text: string
  }>(`SELECT k.conname AS label, pg_get_expr(k.conbin, k.conrelid) AS text
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype = 'c' AND c.relnamespace = pg_my_temp_schema() AND k.conname ~ '^aludel_[0-9]+$'
    UNION ALL SELECT a.attname, pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0 ELSE d.adrelid END)
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = pg_my_temp_schema() AND a.attname ~ '^aludel_[0-9]+$'`)
  return new Map(rows.map(({ label, text }) => [label, text]))
}
