// Expressions as the server prints them: each is made on a temporary partitioned table, which has no storage, and read back.

import type { Connection } from '../../database/types.ts'
import { tableKey } from '../../schema/define.ts'
import {
  type Bench,
  bareText,
  type Columns,
  chunks,
  isFree,
  namesIn,
  ownBenches,
  type Probe,
  probeTexts,
  sharedBenches,
  type TableColumn,
  wholeText,
} from './benches.ts'
import { explain } from './explain.ts'

const tablesAtOnce = 500
const statementsAtOnce = 25

/** The printed texts, in the order of the probes; null for what does not compile. */
export async function print(db: Connection, probes: readonly Probe[]): Promise<readonly (string | null)[]> {
  const labels = new Map<string, string>()
  const labelled = probes.map((probe) => {
    const key = probeKey(probe)
    const label = labels.get(key) ?? `aludel_${labels.size}`
    labels.set(key, label)
    return [label, probe] as const
  })
  const printed = new Map<string, string>()
  const printAll = async (all: readonly Bench[]) => {
    for (const benches of batches(all)) {
      for (const [label, text] of await printOn(db, benches)) printed.set(label, text)
    }
  }
  const distinct = [...new Map(labelled)]
  const bound = distinct.map(([, probe]) => probe).filter((probe) => !isFree(probe))
  const named = bound.length === 0 ? noColumns : await columnsOf(db, bound, namesIn(bound))
  await printAll(sharedBenches(distinct, named))
  const left = distinct.filter(([label, probe]) => !isFree(probe) && !printed.has(label))
  if (left.length > 0) {
    const probes = left.map(([, probe]) => probe)
    await printAll(ownBenches(left, await columnsOf(db, probes, null)))
  }
  return labelled.map(([label]) => printed.get(label) ?? null)
}

const noColumns: Columns = new Map()

function probeKey(probe: Probe): string {
  const { place, table, column, type, text } = probe
  return JSON.stringify(isFree(probe) ? [place, type, text] : [place, tableKey(table), column, type, text])
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

interface ColumnRow extends TableColumn {
  readonly table: string
  readonly namespace: string | null
}

/** The columns of the tables that the probes are of; where names are given, of those names alone. */
async function columnsOf(
  db: Connection,
  probes: readonly Probe[],
  names: ReadonlySet<string> | null,
): Promise<Columns> {
  const tables = [...new Map(probes.map(({ table }) => [tableKey(table), table])).values()]
  // A list of pairs would be read into a tree as deep as it is long.
  const { rows } = await db.query<ColumnRow>(
    `SELECT c.relname AS table, nullif(n.nspname, current_schema()) AS namespace,
      a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
    FROM json_to_recordset($1) AS w (namespace text, name text)
    JOIN pg_namespace n ON n.nspname = coalesce(w.namespace, current_schema())
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
    JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND ($2::json IS NULL OR a.attname IN (SELECT json_array_elements_text($2)))
    ORDER BY a.attrelid, a.attnum`,
    [
      JSON.stringify(tables.map(({ namespace, name }) => ({ namespace, name }))),
      names === null ? null : JSON.stringify([...names]),
    ],
  )
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
    await db.statements(["SET LOCAL lock_timeout = '500ms'"])
    await makeTables(db, benches)
    printed = await readBack(db)
    throw enough
  }
  await db.transaction(work).catch((error) => {
    if (error !== enough) throw error
  })
  return printed
}

/** All at once; a table with something that does not compile is made again, its probes one by one. */
async function makeTables(db: Connection, benches: readonly Bench[]): Promise<void> {
  if (benches.length === 0) return
  const failed = await failing(db, benches.map(wholeText))
  const bench = benches[failed ?? -1]
  if (failed === null || bench === undefined) return
  await db.statements([...benches.slice(0, failed).map(wholeText), bareText(bench)])
  for (const some of chunks(probeTexts(bench), statementsAtOnce)) await makeWhatCompiles(db, some)
  await makeTables(db, benches.slice(failed + 1))
}

/** Makes the statements together; the one that fails is left out and the rest is tried again. */
async function makeWhatCompiles(db: Connection, list: readonly string[]): Promise<void> {
  const failed = list.length === 0 ? null : await failing(db, list)
  if (failed !== null) await makeWhatCompiles(db, list.toSpliced(failed, 1))
}

/** Runs all of them, or none: the position of the one that fails, else null. */
async function failing(db: Connection, list: readonly string[]): Promise<number | null> {
  try {
    await db.transaction(() => db.statements(list))
    return null
  } catch (error) {
    const { position } = error as { readonly position?: unknown }
    if (typeof position !== 'number' || explain(error).kind === 'unreachable') throw error
    return position
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
