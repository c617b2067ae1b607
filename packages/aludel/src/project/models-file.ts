// A schema as a module of models: what a person would have written for it, and what defines it again.

import { diff } from '../diff/diff.ts'
import { creationOrder } from '../diff/order.ts'
import type { Op } from '../ops/operations.ts'
import { inlineKey, memberKeys, printIndexed, printMember, printParts, tableOptions } from '../ops/print-table.ts'
import { createPrinter, type Printer, printOp } from '../ops/printer.ts'
import { indent, printKey, printText } from '../ops/source-text.ts'
import { tableKey } from '../schema/define.ts'
import { enumsIn, findEnum } from '../schema/lookup.ts'
import { emptySchema, type ForeignKey, type Schema, type Table, type Unique } from '../schema/model.ts'
import { conventionalName } from '../schema/naming.ts'
import { changedNaming, namingOf } from './models-naming.ts'
import { variablesOf } from './models-variables.ts'
import { importLine } from './revision-file.ts'

/** The text of a module that exports each table and `schema`. `title` says where it comes from. */
export function modelsText(given: Schema, title: string): string {
  const schema = withEnumNames(given)
  const naming = namingOf(schema)
  const printer = createPrinter(naming)
  const { tables } = creationOrder(schema.tables)
  const whole = tables.map((table) => schema.tables.find((one) => tableKey(one) === tableKey(table)) ?? table)
  const variables = variablesOf(whole)
  const byKey = new Map(whole.map((table) => [tableKey(table), table]))
  const texts = whole.map((table, position) => {
    const earlier = new Set(whole.slice(0, position).map(tableKey))
    return tableText(table, { printer, variables, tables: byKey, earlier })
  })
  const names = whole.map((table) => variables.get(tableKey(table)) ?? '')
  printer.use('defineSchema')
  const options = schemaOptions(schema, printer)
  const ending = Object.keys(options).length === 0 ? '' : `, ${printer.data(options)}`
  const defined = `defineSchema(${listText(names)}${ending})`
  const declared = declarationsOf(schema).map((op) => printOp(op, printer))
  return `${[
    `// ${title}`,
    '',
    ...(declared.length === 0 ? [] : ["import { withObjects } from 'aludel/objects'"]),
    importLine([...printer.used].sort()),
    '',
    ...texts.flatMap((text) => [text, '']),
    declared.length === 0
      ? `export const schema = ${defined}`
      : `export const schema = withObjects(${defined}, (op) => {\n${indent(declared.join('\n'))}\n})`,
  ].join('\n')}\n`
}

/** What makes the objects beside the tables, in an order that runs. */
function declarationsOf(schema: Schema): readonly Op[] {
  return diff({ ...schema, objects: [], catalogue: null }, schema)
}

/** Engines whose enumerations are no types of their own tell no name. */
function withEnumNames(schema: Schema): Schema {
  const tables = schema.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const { type } = column
      const isUnnamed = type.kind === 'enumeration' && type.name === ''
      return isUnnamed ? { ...column, type: { ...type, name: `${table.name}_${column.name}` } } : column
    }),
  }))
  return { ...schema, tables, enums: schema.enums.filter(({ name }) => name !== '') }
}

const widest = 120

function listText(names: readonly string[]): string {
  const line = `[${names.join(', ')}]`
  return line.length < widest - 40 ? line : `[\n${names.map((name) => `  ${name},\n`).join('')}]`
}

interface Context {
  readonly printer: Printer
  readonly variables: ReadonlyMap<string, string>
  readonly tables: ReadonlyMap<string, Table>
  /** Tables that are declared above: a reference to any other would make the type checker go in a circle. */
  readonly earlier: ReadonlySet<string>
}

function tableText(table: Table, context: Context): string {
  const { printer, variables } = context
  const { primaryKey } = table
  const isPlain = primaryKey?.name === null && primaryKey.columns.length === 1
  const inline = isPlain ? (primaryKey.columns[0] ?? null) : inlineKey(table, printer)
  const keys = memberKeys(table.columns)
  const uniques = table.uniques.filter((unique) => isInlineUnique(unique, table, printer))
  const references = table.foreignKeys.filter((key) => isInlineReference(key, table, context))
  const columns = table.columns.map((column) => {
    const key = keys.get(column.name) ?? column.name
    const place = { primaryKey: column.name === inline, ...(key === column.name ? {} : { name: column.name }) }
    const steps = [
      printer.column(column, place),
      ...uniques.filter(({ columns: [own] }) => own === column.name).map(() => 'unique()'),
      ...references
        .filter(({ columns: [own] }) => own === column.name)
        .map((reference) => referenceText(reference, table, context)),
    ]
    return `${printKey(key)}: ${steps.join('.')},`
  })
  const at = (column: string) => printMember('t', keys.get(column) ?? column)
  const rest = {
    ...table,
    uniques: [],
    checks: [],
    indexes: [],
    foreignKeys: table.foreignKeys
      .filter((key) => !references.includes(key))
      .map((key) => withName(key, table, printer)),
  }
  const parts = [
    ...printParts(rest, { inline, at, printer }),
    ...partTexts({ ...table, uniques: table.uniques.filter((unique) => !uniques.includes(unique)) }, at, printer),
  ]
  const options = modelOptions(table, printer)
  const head = `export const ${variables.get(tableKey(table))} = ${printer.use('table')}(${printText(table.name)}, {${columns.length === 0 ? '' : `\n${indent(columns.join('\n'))}\n`}}`
  const ending = Object.keys(options).length === 0 ? '' : `, ${printer.data(options)}`
  if (parts.length === 0) return ending === '' ? `${head})` : `${head}, null${ending})`
  return `${head}, (t) => [\n${indent(parts.map((part) => `${part},`).join('\n'))}\n]${ending})`
}

/** The name as an argument; '' where the convention gives the same, or where there is none. */
function given(name: string | null, conventional: string): string {
  return name === null || name === conventional ? '' : printText(name)
}

function partTexts(table: Table, at: (column: string) => string, printer: Printer): readonly string[] {
  const { naming } = printer
  const uniques = table.uniques.map((unique) => {
    const options = printer.uniqueOptions(unique)
    const ending = Object.keys(options).length === 0 ? '' : `.with(${printer.data(options)})`
    const name = given(unique.name, conventionalName(naming.uq, { table: table.name, columns: unique.columns }))
    return `${printer.use('unique')}(${name}).on(${unique.columns.map(at).join(', ')})${ending}`
  })
  const checks = table.checks.map(({ name, condition }) => {
    const call = (first: string, ending = '') => `${printer.use('check')}(${first}, ${printer.sql(condition)}${ending})`
    if (name === null) return call('null')
    const [start = '', end = ''] = naming.ck.replaceAll('{table}', table.name).split('{name}')
    const own = name.slice(start.length, name.length - end.length)
    const again = own === '' ? '' : conventionalName(naming.ck, { table: table.name, name: own })
    return again === name ? call(printText(own)) : call(printText(name), ', { final: true }')
  })
  const indexes = table.indexes.map((index) => {
    const { where: _, unique, ...options } = printer.indexOptions(index)
    const columns = index.parts.map((part, position) => ('column' in part.of ? part.of.column : `expr${position + 1}`))
    const name = given(index.name, conventionalName(naming.ix, { table: table.name, columns }))
    const on = index.parts.map((part) => printIndexed(part, at, printer)).join(', ')
    const only = unique === true ? '.unique()' : ''
    const where = index.where === null ? '' : `.where(${printer.sql(index.where)})`
    const ending = Object.keys(options).length === 0 ? '' : `.with(${printer.data(options)})`
    return `${printer.use('index')}(${name}).on(${on})${only}${where}${ending}`
  })
  return [...uniques, ...checks, ...indexes]
}

function isInlineUnique(unique: Unique, table: Table, { naming, uniqueOptions }: Printer): boolean {
  const { name, columns } = unique
  const isPlain = columns.length === 1 && Object.keys(uniqueOptions(unique)).length === 0
  if (!isPlain || table.uniques.filter((one) => one.columns.length === 1 && one.columns[0] === columns[0]).length > 1) {
    return false
  }
  return given(name, conventionalName(naming.uq, { table: table.name, columns })) === ''
}

function isInlineReference({ columns, referent }: ForeignKey, table: Table, { earlier, variables }: Context): boolean {
  const others = table.foreignKeys.filter((one) => one.columns.length === 1 && one.columns[0] === columns[0])
  return (
    columns.length === 1 && others.length === 1 && earlier.has(tableKey(referent)) && variables.has(tableKey(referent))
  )
}

function referenceText(reference: ForeignKey, table: Table, { printer, variables, tables }: Context): string {
  const [column = ''] = reference.referentColumns
  const referent = tables.get(tableKey(reference.referent))
  const key = (referent === undefined ? null : memberKeys(referent.columns).get(column)) ?? column
  const target = printMember(`${variables.get(tableKey(reference.referent))}.columns`, key)
  const { name } = withName(reference, table, printer)
  const options = { ...(name === null ? {} : { name }), ...printer.foreignKeyOptions(reference) }
  const ending = Object.keys(options).length === 0 ? '' : `, ${printer.data(options)}`
  return `references(() => ${target}${ending})`
}

/** Without the name that the convention gives anyway. */
function withName(key: ForeignKey, table: Table, { naming }: Printer): ForeignKey {
  const facts = { table: table.name, columns: key.columns, referent: key.referent.name }
  return given(key.name, conventionalName(naming.fk, facts)) === '' ? { ...key, name: null } : key
}

/** The table's options without those that say what is so anyway. */
function modelOptions(table: Table, printer: Printer): Readonly<Record<string, unknown>> {
  const { mysql, sqlite, ...options } = tableOptions(withoutNumberedKey(table), usual, printer)
  const told = (value: unknown) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
  const only = (key: string, settings: unknown) => {
    const kept = Object.entries((settings ?? {}) as Readonly<Record<string, unknown>>).filter(([, value]) =>
      told(value),
    )
    return kept.length === 0 ? {} : { [key]: Object.fromEntries(kept) }
  }
  const namespace = table.namespace === null ? {} : { namespace: table.namespace }
  return { ...namespace, ...options, ...only('mysql', mysql), ...only('sqlite', sqlite) }
}

const usual = { ifNotExists: false, restore: false }

/** A key that numbers its rows holds no null on SQLite, however it was written. */
function withoutNumberedKey(table: Table): Table {
  if (table.sqlite === null) return table
  const isNumbered = (name: string) => table.columns.some((column) => column.name === name && column.identity !== null)
  const nullableKey = table.sqlite.nullableKey.filter((name) => !isNumbered(name))
  return { ...table, sqlite: { ...table.sqlite, nullableKey } }
}

/** What the tables do not say by themselves. */
function schemaOptions(schema: Schema, { naming }: Printer): Readonly<Record<string, unknown>> {
  const used = { ...emptySchema, enums: schema.tables.flatMap(({ columns }) => enumsIn(columns)) }
  const enums = schema.enums.filter((type) => findEnum(used, type) === null)
  const inUse = new Set([...schema.tables, ...schema.enums].map(({ namespace }) => namespace))
  const namespaces = schema.namespaces.filter((name) => !inUse.has(name))
  return {
    ...(enums.length === 0
      ? {}
      : {
          enums: enums.map(({ namespace, name, values }) => ({
            name,
            values,
            ...(namespace === null ? {} : { namespace }),
          })),
        }),
    ...(namespaces.length === 0 ? {} : { namespaces }),
    ...changedNaming(naming),
  }
}
