// Operations as the calls of a revision file; what is printed reads back as the same operation.

import type { Value } from '../database/types.ts'
import type {
  Check,
  Column,
  ColumnType,
  Default,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  TableName,
  Unique,
} from '../schema/model.ts'
import type { NamingConvention } from '../schema/naming.ts'
import { type PostgresColumn, plainPostgresColumn } from '../schema/postgres-model.ts'
import type { EngineSql, Sql } from '../schema/sql.ts'
import type { ColumnChange, ExecuteSql, Op, Row } from './operations.ts'
import { changedFrom, identityGiven, indexSettings, partOptions } from './print-options.ts'
import { definitionOf } from './registry.ts'
import { indent, printKey, printText, templateText } from './source-text.ts'

/** Writes TypeScript and remembers which names of `aludel/schema` it used. */
export interface Printer {
  readonly naming: NamingConvention
  readonly used: ReadonlySet<string>
  use(name: string): string
  call(method: string, given: readonly string[], options?: Readonly<Record<string, unknown>>): string
  block(method: string, ops: readonly Op[]): string
  text(value: string): string
  maybe(value: string | null): string
  table(table: TableName): string
  list(values: readonly string[]): string
  data(value: unknown): string
  value(value: Value): string
  sql(fragment: Sql): string
  default(value: Default): string
  engineSql(sql: EngineSql): string
  /** The option that names tables, where there are any. */
  dependsOn(tables: readonly TableName[]): Readonly<Record<string, unknown>>
  column(column: Column, as?: ColumnPlace): string
  change(change: ColumnChange, using: Sql | null): string
  columns(columns: readonly { readonly table: TableName; readonly column: string }[]): string
  rows(rows: readonly Row[]): string
  /** The column or expression of an index in its order, where that is not the usual one. */
  order(part: IndexPart, of: string): string
  indexCall(table: TableName, index: Index, ifNotExists: boolean): string
  indexOptions(index: Index): Readonly<Record<string, unknown>>
  uniqueOptions(unique: Unique): Readonly<Record<string, unknown>>
  primaryKeyOptions(key: PrimaryKey): Readonly<Record<string, unknown>>
  checkOptions(check: Check): Readonly<Record<string, unknown>>
  foreignKeyOptions(key: ForeignKey): Readonly<Record<string, unknown>>
  executeCall(op: Op<'execute'>): string
  /** What SQL or code says that it does. */
  declarations(op: Op<'execute' | 'run'>): Readonly<Record<string, unknown>>
}

/** What a column says beside what it is: that it alone is the primary key, and its name where its key is another. */
export interface ColumnPlace {
  readonly primaryKey?: boolean
  readonly name?: string
}

/** Source text inside data, for `data` to print as it is. */
interface Source {
  readonly source: string
}

export function createPrinter(naming: NamingConvention): Printer {
  const used = new Set<string>()
  const use = (name: string) => {
    used.add(name)
    return name
  }
  const text = printText
  const data = (value: unknown): string => printData(value, printer)
  const call = (method: string, given: readonly string[], options: Readonly<Record<string, unknown>> = {}) => {
    const ending = Object.keys(options).length === 0 ? [] : [data(options)]
    return `op.${method}(${[...given, ...ending].join(', ')})`
  }
  const printer: Printer = {
    naming,
    used,
    use,
    call,
    text,
    data,
    block: (method, ops) => `op.${method}((op) => {\n${indent(ops.map((op) => printOp(op, printer)).join('\n'))}\n})`,
    maybe: (value) => (value === null ? 'null' : text(value)),
    table: ({ namespace, name }) =>
      namespace === null ? text(name) : `{ namespace: ${text(namespace)}, name: ${text(name)} }`,
    list: (values) => `[${values.map(text).join(', ')}]`,
    value: printValue,
    sql: (fragment) => printSql(fragment, printer),
    default: (value) => printDefault(value, printer),
    engineSql: (sql) => printEngineSql(sql, printer),
    dependsOn: (tables) =>
      tables.length === 0 ? {} : { dependsOn: tables.map((table) => source(printer.table(table))) },
    column: (column, as) => printColumn(column, printer, as),
    change: (change, using) => printChange(change, using, printer),
    columns: (columns) => data(columns.map(({ table, column }) => ({ table: source(printer.table(table)), column }))),
    rows: (rows) => (rows.length === 0 ? '[]' : `[\n${indent(rows.map((row) => `${data(row)},`).join('\n'))}\n]`),
    order: (part, of) => printOrder(part, of, printer),
    indexCall: (table, index, ifNotExists) =>
      call(
        'createIndex',
        [text(index.name), printer.table(table), `[${index.parts.map((part) => printPart(part, printer)).join(', ')}]`],
        {
          ...printer.indexOptions(index),
          ...(ifNotExists ? { ifNotExists } : {}),
        },
      ),
    indexOptions: (index) => ({
      ...(index.unique ? { unique: true } : {}),
      ...(index.where === null ? {} : { where: source(printSql(index.where, printer)) }),
      ...(index.postgres === null ? {} : { postgres: indexSettings(index.postgres) }),
      ...(index.mysql === null ? {} : { mysql: index.mysql }),
    }),
    ...partOptions,
    executeCall: (op) => printExecute(op, printer),
    declarations: ({ effects, touches }) => ({
      ...(effects === null ? {} : { effects: source(printEffects(effects, printer)) }),
      ...(touches === null ? {} : { touches }),
    }),
  }
  return printer
}

/** One operation as a call, without the line's indentation. */
export function printOp(op: Op, printer: Printer): string {
  return definitionOf(op).print(op, printer)
}

function source(text: string): Source {
  return { source: text }
}

function printValue(value: Value): string {
  if (typeof value === 'string') return printText(value)
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Date) return `new Date('${value.toISOString()}')`
  if (value instanceof Uint8Array) return `Uint8Array.from([${[...value].join(', ')}])`
  if (Object.is(value, -0)) return '-0'
  return String(value)
}

function printData(value: unknown, printer: Printer): string {
  if (Array.isArray(value)) return `[${value.map((item) => printData(item, printer)).join(', ')}]`
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) {
    return printValue((value ?? null) as Value)
  }
  if ('source' in value && Object.keys(value).length === 1) return (value as Source).source
  const entries = Object.entries(value).map(([key, held]) => `${printKey(key)}: ${printData(held, printer)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function printSql(fragment: Sql, printer: Printer): string {
  const inner = fragment.parts.map((part) => {
    if (typeof part === 'string') return templateText(part)
    if ('name' in part) return `\${${printer.use('name')}(${part.name.map(printText).join(', ')})}`
    return `\${${printValue(part.value)}}`
  })
  return `${printer.use('sql')}\`${inner.join('')}\``
}

function printPart(part: IndexPart, printer: Printer): string {
  const of = 'column' in part.of ? printText(part.of.column) : printSql(part.of.expression, printer)
  return printOrder(part, of, printer)
}

function printOrder({ descending, nulls }: IndexPart, of: string, printer: Printer): string {
  if (!descending && nulls === null) return of
  const ending = nulls === null ? '' : `, { nulls: ${printText(nulls)} }`
  return `${printer.use(descending ? 'desc' : 'asc')}(${of}${ending})`
}

function printDefault(value: Default, printer: Printer): string {
  if (value.kind === 'now') return `${printer.use('now')}()`
  return value.kind === 'sql' ? printSql(value.sql, printer) : printValue(value.value)
}

function printType(type: ColumnType, printer: Printer, name?: string): string {
  const named = name === undefined ? [] : [printText(name)]
  const called = (builder: string, ...given: readonly (string | number)[]) =>
    `${printer.use(builder)}(${[...named, ...given].join(', ')})`
  switch (type.kind) {
    case 'string':
      return type.length === null ? called('string') : called('string', type.length)
    case 'numeric':
      if (type.precision === null) return called('numeric')
      return type.scale === null || type.scale === 0
        ? called('numeric', type.precision)
        : called('numeric', type.precision, type.scale)
    case 'timestamp':
      return called(type.timezone ? 'timestamptz' : 'timestamp')
    case 'json':
      return type.text ? called('json', '{ text: true }') : called('json')
    case 'enumeration': {
      const place = {
        ...(type.namespace === null ? {} : { namespace: type.namespace }),
        ...(name === undefined ? {} : { column: name }),
      }
      const options = Object.keys(place).length === 0 ? '' : `, ${printData(place, printer)}`
      return `${printer.use('enumeration')}(${printText(type.name)}, ${printer.list(type.values)}${options})`
    }
    case 'raw':
      return `${printer.use('sqlType')}(${[printText(type.sql), ...named].join(', ')})`
    default:
      return called(type.kind)
  }
}

/** The argument of a call that may do without. */
function printGiven(given: Readonly<Record<string, unknown>>, printer: Printer): string {
  return Object.keys(given).length === 0 ? '' : printData(given, printer)
}

function printColumn(column: Column, printer: Printer, { primaryKey = false, name }: ColumnPlace = {}): string {
  const steps = [printType(column.type, printer, name)]
  if (column.identity !== null) steps.push(`identity(${printGiven(identityGiven(column.identity), printer)})`)
  if (primaryKey) steps.push('primaryKey()')
  else if (!column.nullable && column.identity === null) steps.push('notNull()')
  else if (column.nullable && column.identity !== null) steps.push('nullable()')
  if (column.default !== null) steps.push(`default(${printDefault(column.default, printer)})`)
  if (column.generated !== null) {
    const stored = column.generated.stored ? '' : ', { stored: false }'
    steps.push(`generated(${printSql(column.generated.expression, printer)}${stored})`)
  }
  if (column.collation !== null) steps.push(`collate(${printText(column.collation)})`)
  if (column.comment !== null) steps.push(`comment(${printText(column.comment)})`)
  if (column.postgres !== null) {
    steps.push(`postgres(${printData(changedFrom(plainPostgresColumn, column.postgres), printer)})`)
  }
  return steps.join('.')
}

/** What is given with only what is not as usual. */
const partial = {
  identity: identityGiven,
  postgres: (own: PostgresColumn) => changedFrom(plainPostgresColumn, own),
}

function printChange(change: ColumnChange, using: Sql | null, printer: Printer): string {
  const printed: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(change)) {
    if (key === 'type') printed[key] = source(printType(value as ColumnType, printer))
    else if (key === 'default') printed[key] = value === null ? null : source(printDefault(value as Default, printer))
    else if (key === 'generated' && change.generated) {
      const { expression, stored } = change.generated
      printed[key] = { expression: source(printSql(expression, printer)), stored }
    } else if (key in partial && value !== null) printed[key] = partial[key as keyof typeof partial](value as never)
    else printed[key] = value
  }
  if (using !== null) printed.using = source(printSql(using, printer))
  return printData(printed, printer)
}

function printEngineSql(sql: EngineSql, printer: Printer): string {
  if ('all' in sql) return printSql(sql.all, printer)
  const own = Object.entries(sql.per).map(([engine, text]) => [engine, source(printSql(text, printer))])
  return printData(Object.fromEntries(own), printer)
}

function printExecute(op: Op<'execute'>, printer: Printer): string {
  const texts = (sql: ExecuteSql): string => {
    const list = (fragments: readonly Sql[]) => {
      const only = fragments.length === 1 ? fragments[0] : undefined
      return only === undefined
        ? `[${fragments.map((fragment) => printSql(fragment, printer)).join(', ')}]`
        : printSql(only, printer)
    }
    if ('all' in sql) return list(sql.all)
    return printData(
      Object.fromEntries(Object.entries(sql.per).map(([engine, own]) => [engine, source(list(own))])),
      printer,
    )
  }
  return printer.call('execute', [texts(op.sql)], {
    ...printer.declarations(op),
    ...(op.undo === null ? {} : { undo: source(texts(op.undo)) }),
    ...(op.transactional ? {} : { transactional: false }),
  })
}

function printEffects(ops: readonly Op[], printer: Printer): string {
  if (ops.length === 0) return '() => {}'
  return `(op) => {\n${indent(ops.map((op) => printOp(op, printer)).join('\n'))}\n}`
}
