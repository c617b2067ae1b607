// Which expressions are printed on which temporary table: on as few as their columns allow.

import { tableKey } from '../../schema/define.ts'
import type { TableName } from '../../schema/model.ts'
import type { ExpressionPair } from '../dialect.ts'
import { packed } from '../packed.ts'
import { quote } from './literal.ts'
import { tokens } from './tokens.ts'

export interface Probe {
  readonly place: ExpressionPair['place']
  readonly table: TableName
  readonly column: string | null
  /** What a default or generated value becomes; null takes the column's type. */
  readonly type: string | null
  readonly text: string
}

/** A probe with the name of the constraint or column that it becomes. */
export type Labelled = readonly [label: string, probe: Probe]

export interface TableColumn {
  readonly name: string
  readonly type: string
}

/** A table to put expressions on, and the expressions. */
export interface Bench {
  readonly name: string
  /** The column that its partitions would be told apart by: it has none, and so no storage. */
  readonly key: string
  readonly columns: readonly TableColumn[]
  readonly probes: readonly Labelled[]
}

const defaultsAtOnce = 100
// The server prints an expression in a time that grows with the columns of its table, and makes one in a time that
// grows with the expressions that are there.
const room = { columns: 60, weight: 200 }

// A default names no column, so it depends on its type alone.
export function isFree({ place, type }: Probe): boolean {
  return place === 'default' && type !== null
}

/** The columns of tables, by their keys. */
export type Columns = ReadonlyMap<string, readonly TableColumn[]>

/** As few tables as will do: expressions of several tables share one, all but those that speak of their table by name. */
export function sharedBenches(probes: readonly Labelled[], columns: Columns): readonly Bench[] {
  const free = probes.filter(([, probe]) => isFree(probe))
  const bound = probes
    .filter(([, probe]) => !isFree(probe))
    .map((item) => ({ item, columns: typesOf(item, columns), words: wordsIn(item[1]), weight: 1 }))
    .filter(({ item: [, { table }], words }) => !words.has(table.name))
  return [
    ...chunks(free, defaultsAtOnce).map((some, number) => benchOf(`aludel_defaults_${number}`, [], some)),
    ...packed(bound, room).map((one, number) => benchOf(`aludel_bench_${number}`, one.columns, one.items, one.others)),
  ]
}

function typesOf([, probe]: Labelled, columns: Columns): ReadonlyMap<string, string> {
  return new Map(columnsFor(probe, columns).map(({ name, type }) => [name, type]))
}

/** A table of the same name and columns for each table. */
export function ownBenches(probes: readonly Labelled[], columns: Columns): readonly Bench[] {
  const tables = new Map<string, Labelled[]>()
  for (const labelled of probes) {
    const key = tableKey(labelled[1].table)
    const known = tables.get(key)
    if (known === undefined) tables.set(key, [labelled])
    else known.push(labelled)
  }
  return [...tables.values()].flatMap((some) => {
    const [first] = some
    return first === undefined ? [] : [benchOf(first[1].table.name, columnsFor(first[1], columns), some)]
  })
}

/** A domain's VALUE is read as a column of that name. */
function columnsFor({ place, type, table }: Probe, columns: Columns): readonly TableColumn[] {
  if (place === 'domain' && type !== null) return [{ name: 'value', type }]
  return columns.get(tableKey(table)) ?? []
}

/** Every name that an expression among these may mean. */
export function namesIn(probes: readonly Probe[]): ReadonlySet<string> {
  return new Set(probes.flatMap((probe) => [...wordsIn(probe)]))
}

function wordsIn({ text, column }: Probe): ReadonlySet<string> {
  const words = new Set(column === null ? [] : [column])
  for (const { kind, start, end } of tokens(text)) {
    if (kind === 'word') words.add(text.slice(start, end).replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
    if (kind === 'name') words.add(text.slice(start + 1, end - 1).replaceAll('""', '"'))
  }
  return words
}

function benchOf(
  name: string,
  columns: readonly TableColumn[],
  probes: readonly Labelled[],
  others: readonly string[] = [],
): Bench {
  const taken = new Set([...columns.map((column) => column.name), ...others])
  const key = ['aludel', 'aludel_key', 'aludel_partition_key'].find((candidate) => !taken.has(candidate)) ?? 'aludel__'
  return { name, key, columns, probes }
}

export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}

/** The table with everything that is to be printed. */
export function wholeText(bench: Bench): string {
  return tableText(
    bench,
    bench.probes.map((probe) => memberText(bench, probe)),
  )
}

/** The table alone, and each probe as a statement of its own. */
export function bareText(bench: Bench): string {
  return tableText(bench, [])
}

export function probeTexts(bench: Bench): readonly string[] {
  return bench.probes.map((probe) => `ALTER TABLE pg_temp.${quote(bench.name)} ADD ${memberText(bench, probe)}`)
}

function tableText({ name, key, columns }: Bench, more: readonly string[]): string {
  const own = [`${quote(key)} int`, ...columns.map((column) => `${quote(column.name)} ${column.type}`)]
  return `CREATE TEMPORARY TABLE ${quote(name)} (${[...own, ...more].join(', ')}) PARTITION BY LIST (${quote(key)})`
}

function memberText({ columns }: Bench, [label, { place, column, type, text }]: Labelled): string {
  const columnType = type ?? columns.find((candidate) => candidate.name === column)?.type ?? 'text'
  switch (place) {
    case 'default':
      return `${label} ${columnType} DEFAULT (${text}\n)`
    case 'generated':
      return `${label} ${columnType} GENERATED ALWAYS AS (${text}\n) STORED`
    case 'index':
      // A condition takes any expression; an index would ask for an operator class as well.
      return `CONSTRAINT ${label} CHECK ((${text}\n) IS NOT NULL)`
    default:
      return `CONSTRAINT ${label} CHECK (${text}\n)`
  }
}
