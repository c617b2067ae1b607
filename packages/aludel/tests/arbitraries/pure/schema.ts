// Random schemas for the laws that need no engine: few names, so that two of them meet, and everything that the model knows.

import type fc from 'fast-check'
import { postgresTable } from '../../../src/schema/keys.ts'
import type {
  Check,
  Column,
  ColumnType,
  Default,
  EnumType,
  Exclusion,
  ExclusionElement,
  ForeignKey,
  Index,
  PrimaryKey,
  Schema,
  Table,
  TableName,
  Unique,
} from '../../../src/schema/model.ts'
import { plainMysqlIndex, plainMysqlKey } from '../../../src/schema/mysql-model.ts'
import {
  type IdentityNumbers,
  type PostgresColumn,
  plainNumbers,
  plainPostgresColumn,
} from '../../../src/schema/postgres-model.ts'
import { name, type Sql, sql } from '../../../src/schema/sql.ts'
import { type Draw, draws, times } from './draw.ts'

/** One schema. */
export const pureSchemas: fc.Arbitrary<Schema> = draws.map(makeSchema)

export const namespaces = ['app', 'log'] as const
const places: readonly TableName[] = [
  { namespace: null, name: 'user' },
  { namespace: null, name: 'team' },
  { namespace: null, name: 'app.team' },
  { namespace: 'app', name: 'user' },
  { namespace: 'app', name: 'team' },
  { namespace: 'log', name: 'entry' },
]
const columnNames = ['id', 'name', 'Status', 'team id', 'score', 'note'] as const

export function makeSchema(draw: Draw): Schema {
  const own = draw.some(namespaces, 0, 2)
  const within = (place: TableName) => place.namespace === null || own.includes(place.namespace as (typeof own)[number])
  const enums = makeEnums(draw, own)
  const relation = namePool('r')
  const drafts = draw
    .some(places.filter(within), 0, 5)
    .map((place) => makeTable(draw, { place, columns: draw.some(columnNames, 1, 5), enums, relation }))
  const constraint = namePool('k')
  const tables = drafts.map((table) => withForeignKeys(draw, table, drafts, constraint))
  return { tables, enums, namespaces: own, objects: [], catalogue: null }
}

/** Names that are never given twice in a schema: relations share one space of names on some engines. */
type NamePool = () => string | null

function namePool(letter: string): NamePool {
  let given = 0
  return () => {
    given += 1
    return `${letter}${given}`
  }
}

function makeEnums(draw: Draw, own: readonly string[]): readonly EnumType[] {
  const all: readonly TableName[] = [
    { namespace: null, name: 'mood' },
    { namespace: null, name: 'role' },
    ...own.map((namespace) => ({ namespace, name: 'mood' })),
  ]
  return draw.some(all, 0, 3).map((place) => ({ ...place, values: draw.some(['ok', 'bad', "it's", 'new'], 1, 3) }))
}

interface TableRequest {
  readonly place: TableName
  readonly columns: readonly string[]
  readonly enums: readonly EnumType[]
  readonly relation: NamePool
}

export function makeTable(draw: Draw, { place, columns: wanted, enums, relation }: TableRequest): Table {
  const plain = wanted.map((one) => makeColumn(draw, one, enums))
  const primaryKey = draw.chance(70) ? makePrimaryKey(draw, plain, relation()) : null
  const keyed = plain.map((column): Column => {
    if (primaryKey === null || !primaryKey.columns.includes(column.name)) return column
    const alone = primaryKey.columns.length === 1 && draw.chance(50)
    return {
      ...column,
      nullable: false,
      identity: alone ? { always: draw.chance(30), numbers: makeNumbers(draw) } : null,
      default: null,
    }
  })
  const columns = draw.chance(20) ? [makeGenerated(draw, keyed), ...keyed] : keyed
  return {
    ...place,
    columns,
    primaryKey,
    uniques: times(draw, 0, 2, () => makeUnique(draw, keyed, relation())),
    foreignKeys: [],
    checks: times(draw, 0, 2, (at) => makeCheck(draw, keyed, `c${at}`)),
    indexes: times(draw, 0, 2, (at) => makeIndex(draw, columns, relation() ?? `ix${at}`)),
    comment: draw.oneOf([null, 'People', "It's\nhere"]),
    postgres: postgresTable({
      exclusions: times(draw, 0, draw.chance(20) ? 2 : 0, (at) => makeExclusion(draw, keyed, relation() ?? `ex${at}`)),
    }),
    mysql: null,
    sqlite: null,
  }
}

export function makeColumn(draw: Draw, columnName: string, enums: readonly EnumType[]): Column {
  const enumeration = enums.length > 0 && draw.chance(30) ? draw.oneOf(enums) : null
  const type: ColumnType = enumeration === null ? draw.oneOf(columnTypes) : { kind: 'enumeration', ...enumeration }
  return {
    name: columnName,
    type,
    nullable: draw.chance(50),
    default: draw.chance(40) ? makeDefault(draw, type) : null,
    identity: null,
    generated: null,
    collation: type.kind === 'text' && draw.chance(30) ? 'C' : null,
    comment: draw.oneOf([null, null, 'A column']),
    postgres: makePostgresColumn(draw),
  }
}

export function makeNumbers(draw: Draw): IdentityNumbers | null {
  return draw.oneOf([null, null, { ...plainNumbers, start: 10, cycle: true }])
}

export function makePostgresColumn(draw: Draw): PostgresColumn | null {
  return draw.oneOf([null, null, null, { ...plainPostgresColumn, statistics: 500, options: { n_distinct: '3' } }])
}

export const columnTypes: readonly ColumnType[] = [
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'smallint' },
  { kind: 'string', length: 32 },
  { kind: 'string', length: null },
  { kind: 'text' },
  { kind: 'boolean' },
  { kind: 'numeric', precision: 10, scale: 2 },
  { kind: 'numeric', precision: 10, scale: 0 },
  { kind: 'numeric', precision: null, scale: null },
  { kind: 'float' },
  { kind: 'double' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'timestamp', timezone: false },
  { kind: 'timestamp', timezone: true },
  { kind: 'json', text: false },
  { kind: 'json', text: true },
  { kind: 'uuid' },
  { kind: 'binary' },
  { kind: 'raw', sql: 'inet' },
]

export function makeDefault(draw: Draw, type: ColumnType): Default {
  if (type.kind === 'timestamp' && draw.chance(50)) return { kind: 'now' }
  if (draw.chance(30)) return { kind: 'sql', sql: sql`coalesce(${null}, ${1}) + 1` }
  return { kind: 'value', value: type.kind === 'enumeration' ? (type.values[0] ?? '') : draw.oneOf(['a', 'b', '']) }
}

export function makePrimaryKey(draw: Draw, columns: readonly Column[], keyName: string | null): PrimaryKey {
  const names = draw.some(columns, 1, 2).map((column) => column.name)
  const mysql = { ...plainMysqlKey, length: { [names[0] ?? '']: 20 }, using: 'BTREE' }
  const postgres = { deferrable: draw.oneOf([null, 'immediate' as const]), include: [], with: { fillfactor: '70' } }
  return {
    name: keyName,
    columns: names,
    mysql: draw.chance(10) ? mysql : null,
    postgres: draw.chance(20) ? postgres : null,
  }
}

function makeGenerated(draw: Draw, columns: readonly Column[]): Column {
  const of = draw.oneOf(columns)
  return {
    ...makeColumn(draw, 'computed', []),
    default: null,
    generated: { expression: sql`upper(${name(of.name)})`, stored: draw.chance(50) },
  }
}

export function makeUnique(draw: Draw, columns: readonly Column[], uniqueName: string | null): Unique {
  return {
    name: uniqueName,
    columns: draw.some(columns, 1, 2).map((column) => column.name),
    deferrable: draw.oneOf([null, null, 'immediate', 'deferred']),
    postgres: draw.oneOf([
      null,
      null,
      { nullsNotDistinct: true, include: [], with: {} },
      { nullsNotDistinct: false, include: [draw.oneOf(columns).name], with: {} },
    ]),
  }
}

export function makeCheck(draw: Draw, columns: readonly Column[], checkName: string | null): Check {
  const postgres = draw.oneOf([null, null, { notValid: true, noInherit: false }, { notValid: false, noInherit: true }])
  return { name: checkName, condition: makeCondition(draw, draw.oneOf(columns).name), postgres }
}

function makeCondition(draw: Draw, column: string): Sql {
  return draw.oneOf([
    sql`${name(column)} <> ${"it's"}`,
    sql`length(${name(column)}) > 3`,
    { parts: [`"${column}" IS NOT NULL`] },
  ])
}

export function makeIndex(draw: Draw, columns: readonly Column[], indexName: string): Index {
  const parts = draw.some(columns, 1, 3).map(
    (column) =>
      ({
        of: draw.chance(75) ? { column: column.name } : { expression: sql`lower(${name(column.name)})` },
        descending: draw.chance(30),
        nulls: draw.oneOf<Index['parts'][number]['nulls']>([null, null, 'first', 'last']),
      }) as const,
  )
  const first = draw.oneOf(columns).name
  return {
    name: indexName,
    parts,
    unique: draw.chance(30),
    where: draw.chance(30) ? makeCondition(draw, first) : null,
    postgres: draw.chance(20)
      ? {
          using: 'btree',
          include: [first],
          concurrently: false,
          nullsNotDistinct: false,
          operatorClasses: { [first]: 'text_pattern_ops' },
          collations: draw.oneOf([{}, { [first]: 'C' }]),
          with: { fillfactor: '70' },
          invalid: false,
        }
      : null,
    mysql: draw.chance(20) ? { ...plainMysqlIndex, length: { [first]: 20 }, comment: 'Found' } : null,
  }
}

function withForeignKeys(draw: Draw, table: Table, all: readonly Table[], constraint: NamePool): Table {
  const foreignKeys = times(draw, 0, 2, () => makeForeignKey(draw, table, draw.oneOf(all), constraint()))
  return { ...table, foreignKeys: foreignKeys.filter((key) => key !== null) }
}

/** A foreign key to a key that the referent has; null where it has none that fits. */
export function makeForeignKey(draw: Draw, table: Table, referent: Table, keyName: string | null): ForeignKey | null {
  const keys = referenceableKeys(referent).filter((columns) => columns.length <= table.columns.length)
  if (keys.length === 0) return null
  const referentColumns = draw.oneOf(keys)
  const actions = ['no action', 'restrict', 'cascade', 'set null', 'set default'] as const
  return {
    name: keyName,
    columns: draw.some(table.columns, referentColumns.length, referentColumns.length).map((column) => column.name),
    referent: { namespace: referent.namespace, name: referent.name },
    referentColumns,
    onDelete: draw.oneOf(actions),
    onUpdate: draw.oneOf(actions),
    deferrable: draw.oneOf([null, 'immediate', 'deferred']),
    match: draw.oneOf(['simple', 'full']),
    postgres: draw.oneOf([null, null, { notValid: true, setColumns: [] }]),
  }
}

/** The columns that a foreign key may refer to: the primary key, and uniques that are checked at once. */
export function referenceableKeys(table: Table): readonly (readonly string[])[] {
  return [
    ...(table.primaryKey === null ? [] : [table.primaryKey.columns]),
    ...table.uniques.filter((unique) => unique.deferrable === null).map((unique) => unique.columns),
  ]
}

export function placeOf({ namespace, name: own }: TableName): TableName {
  return { namespace, name: own }
}

export function makeExclusion(draw: Draw, columns: readonly Column[], name: string): Exclusion {
  const element = (): ExclusionElement => ({
    of: draw.chance(70) ? { column: draw.oneOf(columns).name } : { expression: sql`1 + 1` },
    operator: draw.oneOf(['=', '&&', '<>', 'OPERATOR(app.=)']),
    operatorClass: draw.oneOf([null, null, 'gist_text_ops']),
  })
  return {
    name,
    elements: times(draw, 1, 3, element),
    using: draw.oneOf(['gist', 'btree']),
    include: draw.chance(20) ? [draw.oneOf(columns).name] : [],
    with: draw.oneOf([{}, {}, { fillfactor: '70' }]),
    where: draw.chance(30) ? sql`${draw.oneOf([true, false])}` : null,
    deferrable: draw.oneOf([null, 'immediate', 'deferred']),
  }
}
