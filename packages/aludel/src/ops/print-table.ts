// createTable as a call: columns a line each, then keys, checks and indexes by name.

import type { IndexPart, PostgresTable, SqliteTable, Table } from '../schema/model.ts'
import { conventionalName } from '../schema/naming.ts'
import { exclusionsOf } from './exclusions.ts'
import { printPartitionKey } from './partition-key.ts'
import { exclusionElements, exclusionOptions } from './print-exclusion.ts'
import type { Printer } from './printer.ts'
import { indent, printKey, printText } from './source-text.ts'

export interface TableCall {
  readonly ifNotExists: boolean
  /** True to put the rows back that its drop has kept. */
  readonly restore: boolean
}

export function printTable(table: Table, call: TableCall, printer: Printer): string {
  const inline = inlineKey(table, printer)
  const keys = memberKeys(table.columns)
  const columns = table.columns.map((column) => {
    const key = keys.get(column.name) ?? column.name
    const place = { primaryKey: column.name === inline, ...(key === column.name ? {} : { name: column.name }) }
    return `${printKey(key)}: ${printer.column(column, place)},`
  })
  const at = (column: string) => printMember('t', keys.get(column) ?? column)
  const parts = printParts(table, { inline, at, printer })
  const options = tableOptions(table, call, printer)
  const head = `op.createTable(${printer.table(table)}, {${columns.length === 0 ? '' : `\n${indent(columns.join('\n'))}\n`}}`
  const ending = Object.keys(options).length === 0 ? '' : `, ${printer.data(options)}`
  if (parts.length === 0) return ending === '' ? `${head})` : `${head}, null${ending})`
  return `${head}, (t) => [\n${indent(parts.map((part) => `${part},`).join('\n'))}\n]${ending})`
}

/** A member of an object, as code reads it. */
export function printMember(object: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${object}.${key}` : `${object}[${printText(key)}]`
}

/** The keys that cannot be the columns' names: JavaScript puts numbers first, and `__proto__` is no key. */
export function memberKeys(columns: readonly { readonly name: string }[]): ReadonlyMap<string, string> {
  const taken = new Set(columns.map((column) => column.name))
  const free = (key: string): string => (taken.has(key) ? free(`_${key}`) : key)
  const unfit = columns.filter(({ name }) => /^(?:0|[1-9]\d*)$/.test(name) || name === '__proto__')
  return new Map(unfit.map(({ name }) => [name, free(name)]))
}

/** The column that carries the primary key itself: one column, and the name that the convention gives. */
export function inlineKey(table: Table, printer: Printer): string | null {
  const key = table.primaryKey
  if (key === null || key.columns.length !== 1 || key.postgres !== null || key.mysql !== null) return null
  return key.name === conventionalName(printer.naming.pk, { table: table.name, columns: key.columns })
    ? (key.columns[0] ?? null)
    : null
}

interface PartsContext {
  readonly inline: string | null
  readonly at: (column: string) => string
  readonly printer: Printer
}

export function printParts(table: Table, { inline, at, printer }: PartsContext): readonly string[] {
  const key = table.primaryKey
  const parts: string[] = []
  if (key !== null && inline === null) {
    const own = printer.primaryKeyOptions(key)
    const hasOwn = Object.keys(own).length > 0
    const columns = key.columns.map(at).join(', ')
    const isPlain = key.name === null && !hasOwn
    const given = isPlain ? [columns] : [`[${columns}]`, printer.maybe(key.name)]
    if (hasOwn) given.push(printer.data(own))
    parts.push(`${printer.use('primaryKey')}(${given.join(', ')})`)
  }
  for (const unique of table.uniques) {
    const options = printer.uniqueOptions(unique)
    const ending = Object.keys(options).length === 0 ? '' : `.with(${printer.data(options)})`
    parts.push(
      `${printer.use('unique')}(${nameOf(unique.name, printer)}).on(${unique.columns.map(at).join(', ')})${ending}`,
    )
  }
  for (const foreign of table.foreignKeys) {
    const options = { ...(foreign.name === null ? {} : { name: foreign.name }), ...printer.foreignKeyOptions(foreign) }
    const given = [
      printer.list(foreign.columns),
      printer.table(foreign.referent),
      printer.list(foreign.referentColumns),
    ]
    if (Object.keys(options).length > 0) given.push(printer.data(options))
    parts.push(`${printer.use('foreignKey')}(${given.join(', ')})`)
  }
  for (const check of table.checks) {
    const own = printer.checkOptions(check)
    const given = Object.keys(own).length === 0 ? '' : `, ${printer.data(own)}`
    parts.push(`${printer.use('check')}(${printer.maybe(check.name)}, ${printer.sql(check.condition)}${given})`)
  }
  for (const exclusion of exclusionsOf(table)) {
    const options = exclusionOptions(exclusion, printer)
    const given = [printer.text(exclusion.name), exclusionElements(exclusion, at, printer)]
    if (Object.keys(options).length > 0) given.push(printer.data(options))
    parts.push(`${printer.use('exclude')}(${given.join(', ')})`)
  }
  for (const index of table.indexes) {
    const { where, ...options } = printer.indexOptions(index)
    const columns = index.parts.map((part) => printIndexed(part, at, printer)).join(', ')
    const where_ = index.where === null ? '' : `.where(${printer.sql(index.where)})`
    const ending = Object.keys(options).length === 0 ? '' : `.with(${printer.data(options)})`
    parts.push(`${printer.use('index')}(${printer.text(index.name)}).on(${columns})${where_}${ending}`)
  }
  return parts
}

export function printIndexed(part: IndexPart, at: (column: string) => string, printer: Printer): string {
  const of = 'column' in part.of ? at(part.of.column) : printer.sql(part.of.expression)
  return printer.order(part, of)
}

function nameOf(name: string | null, printer: Printer): string {
  return name === null ? '' : printer.text(name)
}

function postgresOptions(
  { unlogged, partitionBy, inherits, with: settings, accessMethod, replicaIdentity }: PostgresTable,
  printer: Printer,
): Readonly<Record<string, unknown>> {
  const options = {
    ...(unlogged ? { unlogged } : {}),
    ...(partitionBy === null ? {} : { partitionBy: printPartitionKey(partitionBy, printer) }),
    ...(inherits.length === 0 ? {} : { inherits: inherits.map((table) => ({ source: printer.table(table) })) }),
    ...(Object.keys(settings).length === 0 ? {} : { with: settings }),
    ...(accessMethod === null ? {} : { accessMethod }),
    ...(replicaIdentity === null ? {} : { replicaIdentity }),
  }
  return Object.keys(options).length === 0 ? {} : { postgres: options }
}

export function tableOptions(
  table: Table,
  { ifNotExists, restore }: TableCall,
  printer: Printer,
): Readonly<Record<string, unknown>> {
  const { comment, postgres, mysql, sqlite } = table
  return {
    ...(ifNotExists ? { ifNotExists } : {}),
    ...(restore ? { restore } : {}),
    ...(comment === null ? {} : { comment }),
    ...(postgres === null ? {} : postgresOptions(postgres, printer)),
    ...(mysql === null ? {} : { mysql }),
    ...(sqlite === null ? {} : { sqlite: sqliteOptions(sqlite) }),
  }
}

function sqliteOptions({
  strict,
  withoutRowid,
  autoincrement,
  nullableKey,
  triggers,
}: SqliteTable): Readonly<Record<string, unknown>> {
  return {
    strict,
    withoutRowid,
    autoincrement,
    ...(nullableKey.length === 0 ? {} : { nullableKey }),
    ...(triggers.length === 0 ? {} : { triggers }),
  }
}
