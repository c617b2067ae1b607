// `defineSchema(...)`: tables together, checked against each other.

import { AludelError } from '../errors.ts'
import type { EnumType, Schema, Table, TableName } from './model.ts'
import { defaultNaming, type NamingConvention } from './naming.ts'
import type { TableDefinition } from './table.ts'

export interface SchemaOptions {
  readonly enums?: readonly { readonly name: string; readonly values: readonly string[]; readonly namespace?: string }[]
  readonly namespaces?: readonly string[]
  readonly naming?: Partial<NamingConvention>
}

/** A schema that remembers, for the type checker, the tables that it was made of. */
export interface DefinedSchema<Tables extends readonly AnyTable[]> extends Schema {
  readonly definitions?: Tables
}

// biome-ignore lint/suspicious/noExplicitAny: a table of any columns; `unknown` would refuse every real one.
export type AnyTable = TableDefinition<string, any>

/**
 * The wanted schema: tables, and the enumerations that they use.
 *
 * @throws AludelError `duplicate-table`, `unknown-referent`, `duplicate-name` where the tables contradict each other.
 */
export function defineSchema<const Tables extends readonly AnyTable[]>(
  tables: Tables,
  options: SchemaOptions = {},
): DefinedSchema<Tables> {
  const naming = { ...defaultNaming, ...options.naming }
  const models = tables.map((table) => table.model(naming))
  checkNames(models)
  checkReferents(models)
  const enums = enumsOf(models, options)
  const used = [...models, ...enums].flatMap((object) => (object.namespace === null ? [] : [object.namespace]))
  const namespaces = [...new Set([...(options.namespaces ?? []), ...used])]
  return { tables: models, enums, namespaces, objects: [], catalogue: null }
}

/** The enumerations that columns use, after those that were declared. */
function enumsOf(tables: readonly Table[], options: SchemaOptions): readonly EnumType[] {
  const found = new Map<string, EnumType>()
  for (const { name, values, namespace } of options.enums ?? []) {
    found.set(tableKey({ namespace: namespace ?? null, name }), { namespace: namespace ?? null, name, values })
  }
  for (const table of tables) {
    for (const { name, type } of table.columns) {
      if (type.kind !== 'enumeration') continue
      const known = found.get(tableKey(type))
      if (known === undefined) {
        found.set(tableKey(type), { namespace: type.namespace, name: type.name, values: type.values })
      } else if (known.values.join('\0') !== type.values.join('\0')) {
        throw new AludelError(
          'enum-conflict',
          `Column "${table.name}.${name}" gives the enumeration "${type.name}" other values than it has elsewhere.`,
        )
      }
    }
  }
  return [...found.values()]
}

function checkNames(tables: readonly Table[]): void {
  const seen = new Set<string>()
  for (const table of tables) {
    if (seen.has(tableKey(table)))
      throw new AludelError('duplicate-table', `The schema has two tables named "${table.name}".`)
    seen.add(tableKey(table))
    const names = [...table.uniques, ...table.foreignKeys, ...table.checks].map((part) => part.name)
    const again = repeated(names)
    if (again !== null)
      throw new AludelError('duplicate-name', `Table "${table.name}" has two constraints named "${again}".`)
  }
  // An index's name is one a namespace on PostgreSQL and SQLite, so it is checked over all tables.
  const indexes = tables.flatMap((table) =>
    table.indexes.map((index) => tableKey({ namespace: table.namespace, name: index.name })),
  )
  const twice = repeated(indexes)
  if (twice !== null) throw new AludelError('duplicate-name', `The schema has two indexes named "${twice}".`)
}

/** The first name that was there before. */
function repeated(names: readonly (string | null)[]): string | null {
  const seen = new Set<string>()
  for (const name of names) {
    if (name === null) continue
    if (seen.has(name)) return name
    seen.add(name)
  }
  return null
}

function checkReferents(tables: readonly Table[]): void {
  const known = new Map(tables.map((table) => [tableKey(table), table]))
  for (const table of tables) {
    for (const key of table.foreignKeys) {
      const referent = known.get(tableKey(key.referent))
      const missing = key.referentColumns.find((name) => !referent?.columns.some((column) => column.name === name))
      if (referent === undefined) {
        throw new AludelError(
          'unknown-referent',
          `Table "${table.name}" refers to the table "${key.referent.name}", which the schema does not have.`,
        )
      }
      if (missing !== undefined) {
        throw new AludelError(
          'unknown-referent',
          `Table "${table.name}" refers to "${key.referent.name}.${missing}", a column that is not there.`,
        )
      }
    }
  }
}

/** One text for a name with or without its namespace; a dot inside a name is told apart from the one between them. */
export function tableKey({ namespace, name }: TableName): string {
  return namespace === null ? keyStep(name) : `${keyStep(namespace)}.${keyStep(name)}`
}

function keyStep(text: string): string {
  return text.includes('.') ? text.replaceAll('.', '\0') : text
}
