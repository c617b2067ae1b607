// A schema as introspection would give it back: PostgreSQL's spellings, and nothing that it does not keep.

import { exclusionsOf } from '../../ops/exclusions.ts'
import { withExpressions } from '../../ops/parts.ts'
import { tableKey } from '../../schema/define.ts'
import { plainPostgresIndex, postgresTable, postgresUnique } from '../../schema/keys.ts'
import { enumsIn } from '../../schema/lookup.ts'
import type {
  Column,
  ColumnType,
  EnumType,
  Exclusion,
  Index,
  PostgresIndex,
  Schema,
  Table,
  Unique,
} from '../../schema/model.ts'
import { withUsualNulls } from '../../schema/nulls.ts'
import { unlessPlain } from '../../schema/postgres-model.ts'
import { canonicalDefault } from './defaults.ts'
import { newestVersion, type VersionFeatures, versionFeatures } from './features.ts'
import { flat } from './literal.ts'
import { normalObject } from './normal-objects.ts'
import { normalType } from './normal-type.ts'
import { sequenceDefault } from './serial.ts'
import { isDefaultClass, serialKind, typeText } from './types.ts'

export function normalize(schema: Schema, can: VersionFeatures = versionFeatures(newestVersion)): Schema {
  const enums = allEnums(schema)
  const types = typesOnce(enums)
  const tables = schema.tables.map((table) => normalTable(withExpressions(table, flat), types))
  const objects = schema.objects.flatMap((object) => normalObject(object, can, tables, enums))
  const used = [...tables, ...enums, ...objects].flatMap(({ namespace }) => (namespace === null ? [] : [namespace]))
  return { tables, enums, namespaces: [...new Set([...schema.namespaces, ...used])], objects, catalogue: null }
}

function allEnums(schema: Schema): readonly EnumType[] {
  const known = new Map(schema.enums.map((type) => [tableKey(type), type]))
  for (const type of schema.tables.flatMap((table) => enumsIn(table.columns))) {
    if (!known.has(tableKey(type))) known.set(tableKey(type), type)
  }
  return [...known.values()]
}

type NormalType = (type: ColumnType) => ColumnType

/** A schema has far fewer types than columns. */
function typesOnce(enums: readonly EnumType[]): NormalType {
  const known = new Map<string, ColumnType>()
  return (type) => {
    if (type.kind === 'enumeration') return type
    const text = typeText(type)
    const normal = known.get(text) ?? normalType(type, enums)
    known.set(text, normal)
    return normal
  }
}

function normalTable(table: Table, types: NormalType): Table {
  const keyed = new Set(table.primaryKey?.columns ?? [])
  const columns = table.columns.map((column) => normalColumn(table, column, keyed, types))
  return {
    ...table,
    columns,
    primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, mysql: null },
    uniques: table.uniques.map(normalUnique),
    indexes: table.indexes.map((index) => normalIndex(index, columns)),
    comment: table.comment === '' ? null : table.comment,
    postgres: postgresTable({
      ...table.postgres,
      exclusions: exclusionsOf(table).map(normalExclusion),
      with: lowerKeys(table.postgres?.with ?? {}),
    }),
    mysql: null,
    sqlite: null,
  }
}

function normalColumn(table: Table, column: Column, keyed: ReadonlySet<string>, types: NormalType): Column {
  const serial = serialKind(column.type)
  const type = serial === null ? types(column.type) : { kind: serial }
  const given = serial === null ? column.default : sequenceDefault(table, column.name)
  const filled = column.identity !== null || column.generated !== null
  return {
    ...column,
    type,
    nullable: column.nullable && serial === null && column.identity === null && !keyed.has(column.name),
    default: filled || given === null ? null : canonicalDefault(given, type),
    collation: column.collation === 'default' ? null : column.collation,
    comment: column.comment === '' ? null : column.comment,
  }
}

function normalUnique(unique: Unique): Unique {
  const { postgres } = unique
  return {
    ...unique,
    postgres: postgres === null ? null : postgresUnique({ ...postgres, with: lowerKeys(postgres.with) }),
  }
}

function normalExclusion(exclusion: Exclusion): Exclusion {
  return {
    ...exclusion,
    using: exclusion.using.toLowerCase(),
    with: lowerKeys(exclusion.with),
    elements: exclusion.elements.map((one) => (one.operator === '!=' ? { ...one, operator: '<>' } : one)),
  }
}

function normalIndex(index: Index, columns: readonly Column[]): Index {
  return {
    ...index,
    parts: index.parts.map((part) => withUsualNulls(part, true)),
    postgres: index.postgres === null ? null : normalOptions(index.postgres, columns),
    mysql: null,
  }
}

function lowerKeys(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key.toLowerCase(), value]))
}

/** Null where everything is what an index has anyway. How an index was built, concurrently or not, leaves no trace. */
export function normalOptions(options: PostgresIndex, columns: readonly Column[]): PostgresIndex | null {
  const using = options.using.toLowerCase()
  const classes = Object.entries(options.operatorClasses).filter(([name, operatorClass]) => {
    const type = columns.find((column) => column.name === name)?.type
    const hasDefault = using === 'btree' || using === 'hash'
    return !(hasDefault && type !== undefined && isDefaultClass(type, operatorClass))
  })
  const normal: PostgresIndex = {
    using,
    include: options.include,
    concurrently: false,
    nullsNotDistinct: options.nullsNotDistinct,
    operatorClasses: Object.fromEntries(classes),
    collations: options.collations,
    with: lowerKeys(options.with),
    invalid: options.invalid,
  }
  return unlessPlain(normal, plainPostgresIndex)
}
