// Which expressions are printed on which temporary table: on as few as their columns allow.

import { tableKey } from '../../schema/define.ts'
import type { TableName } from '../../schema/model.ts'
import type { ExpressionPair } from '../dialect.ts'
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
const columnsAtOnce = 60
const probesAtOnce = 200
const openAtOnce = 8

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
    .map((labelled) => {
      const own = columns.get(tableKey(labelled[1].table)) ?? []
      return { labelled, own, words: wordsIn(labelled[1]) }
    })
    .filter(({ labelled: [, { table }], words }) => !words.has(table.name))
  return [
    ...chunks(free, defaultsAtOnce).map((some, number) => benchOf(`aludel_defaults_${number}`, [], some)),
    ...packed(bound),
  ]
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
  return [...tables].map(([key, some]) => benchOf(some[0]?.[1].table.name ?? '', columns.get(key) ?? [], some))
}

interface Bound {
  readonly labelled: Labelled
  /** The columns of its table. */
  readonly own: readonly TableColumn[]
  /** Whatever may be a name in the expression. */
  readonly words: ReadonlySet<string>
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

/** What a bench means by a name: the type of its column, or that no column may have it. */
type Meanings = Map<string, string | null>

interface Open {
  readonly meanings: Meanings
  readonly probes: Labelled[]
  columns: number
}

// A name must mean on the bench what it means on the expression's own table, also where that is no column.
function packed(bound: readonly Bound[]): readonly Bench[] {
  const all: Open[] = []
  let open: Open[] = []
  for (const one of bound) {
    const needed = meaningsOf(one)
    let bench = open.find(({ meanings }) => agrees(meanings, needed))
    if (bench === undefined) {
      bench = { meanings: new Map(), probes: [], columns: 0 }
      all.push(bench)
      open = [...open, bench].slice(-openAtOnce)
    }
    addTo(bench, one, needed)
    if (bench.columns >= columnsAtOnce || bench.probes.length >= probesAtOnce) {
      open = open.filter((candidate) => candidate !== bench)
    }
  }
  return all.map(({ meanings, probes }, number) => {
    const columns = [...meanings].flatMap(([name, type]) => (type === null ? [] : [{ name, type }]))
    return benchOf(`aludel_bench_${number}`, columns, probes, meanings)
  })
}

function meaningsOf({ own, words }: Bound): Meanings {
  const types = new Map(own.map(({ name, type }) => [name, type]))
  return new Map([...words].map((word) => [word, types.get(word) ?? null]))
}

function agrees(meanings: Meanings, needed: Meanings): boolean {
  for (const [name, type] of needed) {
    const known = meanings.get(name)
    if (known !== undefined && known !== type) return false
  }
  return true
}

function addTo(bench: Open, { labelled }: Bound, needed: Meanings): void {
  for (const [name, type] of needed) {
    if (type !== null && !bench.meanings.has(name)) bench.columns += 1
    bench.meanings.set(name, type)
  }
  bench.probes.push(labelled)
}

function benchOf(
  name: string,
  columns: readonly TableColumn[],
  probes: readonly Labelled[],
  meanings: Meanings = new Map(),
): Bench {
  const taken = new Set([...columns.map((column) => column.name), ...meanings.keys()])
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
