// The database as it is: the rows of the catalogue put together to tables.

import type { Connection } from '../../../database/types.ts'
import { compareText } from '../../../schema/canonical.ts'
import { emptySchema, type Schema, type Table } from '../../../schema/model.ts'
import type { UnmodelledObject } from '../../../schema/unmodelled.ts'
import type { Scope } from '../../dialect.ts'
import type { Abilities } from '../features.ts'
import { checkOf, jsonColumn } from './checks.ts'
import { columnOf } from './columns.ts'
import { foreignKeysOf } from './foreign-keys.ts'
import { grouped } from './group.ts'
import { keysOf } from './indexes.ts'
import { objectsOf } from './objects.ts'
import { type Catalogue, readCatalogue, type TableRow } from './queries.ts'
import { noTableText, readTableText, type TableText } from './table-text.ts'
import { createOptions, optionsOf } from './tables.ts'

export function introspectWith(abilities: Abilities): (db: Connection, scope: Scope) => Promise<Schema> {
  return async (db, scope) => {
    const tables = scope === 'all' ? null : tablesIn(scope)
    if (tables?.length === 0) return emptySchema
    const catalogue = await readCatalogue(db, tables, abilities)
    const texts = textsOf(catalogue, abilities)
    const schema = schemaOf(catalogue, texts, abilities)
    if (tables !== null) return schema
    const unmodelled = [
      ...(texts === null ? partitioned(catalogue) : unmodelledIn(texts)),
      ...descendingKeys(catalogue),
    ]
    return withObjects(schema, catalogue, unmodelled)
  }
}

/** The tables whose parts are asked for; other databases, namespaces here, are not ours to read. */
function tablesIn({ objects }: Exclude<Scope, 'all'>): readonly string[] {
  const tables = objects.filter(
    (object) => object.kind !== 'enum' && object.kind !== 'namespace' && object.namespace === null,
  )
  return [...new Set(tables.map((object) => object.name))]
}

function withObjects(schema: Schema, { showing }: Catalogue, unmodelled: readonly UnmodelledObject[]): Schema {
  const { objects, catalogue } = objectsOf(showing.shown, showing)
  return { ...schema, objects, catalogue: { ...catalogue, unmodelled: [...unmodelled, ...catalogue.unmodelled] } }
}

function unmodelledIn(texts: ReadonlyMap<string, TableText>): readonly UnmodelledObject[] {
  return [...texts].flatMap(([name, { unmodelled, text }]) => unmodelled.map((kind) => ({ kind, name, says: text })))
}

/** Without a table's text its partitions are known by a word alone. */
function partitioned({ tables }: Catalogue): readonly UnmodelledObject[] {
  const isOne = ({ options }: TableRow) => /\bpartitioned\b/i.test(options ?? '')
  return tables.filter(isOne).map(({ name }) => ({ kind: 'partitioned table', name, says: null }))
}

/** The parts of a primary key have no direction in the model. */
function descendingKeys({ indexes }: Catalogue): readonly UnmodelledObject[] {
  const keys = grouped(
    indexes.filter(({ name }) => name === 'PRIMARY'),
    ofTable,
  )
  return [...keys].flatMap(([name, parts]) =>
    parts.some(({ direction }) => direction === 'D')
      ? [
          {
            kind: 'descending primary key',
            name,
            says: parts.map((part) => `${part.column_name} ${part.direction}`).join(),
          },
        ]
      : [],
  )
}

/** What the engine shows of each table; null of an engine that tells it otherwise. */
function textsOf({ showing }: Catalogue, { blocks }: Abilities): ReadonlyMap<string, TableText> | null {
  if (!blocks) return null
  const shown = showing.shown.flatMap(({ kind, name, text }) =>
    kind === 'table' && text !== null ? [{ name, text }] : [],
  )
  return new Map(shown.map(({ name, text }) => [name, readTableText(text)]))
}

const ofTable = (row: { readonly table_name: string }): string => row.table_name

function schemaOf(catalogue: Catalogue, texts: ReadonlyMap<string, TableText> | null, abilities: Abilities): Schema {
  const columns = grouped(catalogue.columns, ofTable)
  const indexes = grouped(catalogue.indexes, ofTable)
  const foreignKeys = grouped(catalogue.foreignKeys, ofTable)
  const rules = grouped(catalogue.rules, ofTable)
  const checks = grouped(catalogue.checks, ofTable)
  const tables = catalogue.tables.map((table) =>
    tableOf(
      table,
      {
        columns: columns.get(table.name) ?? [],
        indexes: indexes.get(table.name) ?? [],
        foreignKeys: foreignKeys.get(table.name) ?? [],
        rules: rules.get(table.name) ?? [],
        checks: checks.get(table.name) ?? [],
        text: texts === null ? null : (texts.get(table.name) ?? noTableText),
        database: catalogue.showing.database,
      },
      abilities,
    ),
  )
  return { ...emptySchema, tables: tables.toSorted((a, b) => compareText(a.name, b.name)) }
}

type Parts = Omit<Catalogue, 'tables' | 'showing'> & { readonly text: TableText | null; readonly database: string }

function tableOf(row: TableRow, parts: Parts, abilities: Abilities): Table {
  const validated = new Set(parts.checks.map(jsonColumn))
  const columns = parts.columns.map((column) =>
    columnOf(column, { collation: row.collation, database: parts.database }, validated.has(column.name), abilities),
  )
  const isJson = new Set(columns.filter((column) => column.type.kind === 'json').map((column) => column.name))
  const foreignKeys = foreignKeysOf(parts.foreignKeys, parts.rules)
  return {
    namespace: null,
    name: row.name,
    columns,
    ...keysOf(parts.indexes, foreignKeys, parts.text?.keys ?? null),
    foreignKeys,
    checks: parts.checks
      .filter((check) => !isJson.has(jsonColumn(check) ?? ''))
      .map((check) => checkOf(check, { columns }, abilities)),
    comment: row.comment === '' ? null : row.comment,
    postgres: null,
    mysql: optionsOf(row, parts.text ?? { options: createOptions(row), partitions: null }),
    sqlite: null,
  }
}
