// Random schemas: one to five tables with everything that the model knows and an engine can hold.

import fc from 'fast-check'
import type {
  Action,
  Check,
  Column,
  ColumnType,
  Deferral,
  EnumType,
  ForeignKey,
  Index,
  IndexPart,
  PrimaryKey,
  Schema,
  Table,
  Unique,
} from '../../src/schema/model.ts'
import { name, type Sql, sql } from '../../src/schema/sql.ts'
import { createMaker, type Maker } from './maker.ts'
import { distinctNames } from './names.ts'
import type { Possible } from './possible.ts'
import { defaultsOf, isCharacters, isKeyable, isWhole, keyTypes, types } from './values.ts'

/** A schema that the engine can hold. Foreign keys may refer to the same table or, where `cycles` is, to later ones. */
export function schemas(possible: Possible): fc.Arbitrary<Schema> {
  return fc.gen().map((g) => makeSchema(createMaker(g, possible)))
}

export function makeSchema(maker: Maker): Schema {
  const enums = maker.chance(50) ? [makeEnum(maker)] : []
  const namespaces = maker.possible.namespaces && maker.chance(30) ? [maker.object()] : []
  const plain = Array.from({ length: maker.count(1, 5) }, () => makeTable(maker, enums, namespaces))
  const tables = plain.map((table, position) => withForeignKeys(maker, table, position, plain))
  const used = enums.filter((type) =>
    tables.some((table) =>
      table.columns.some((column) => column.type.kind === 'enumeration' && column.type.name === type.name),
    ),
  )
  return { tables, enums: maker.possible.enumTypes ? enums : used, namespaces, objects: [], catalogue: null }
}

function makeEnum(maker: Maker): EnumType {
  const distinct = distinctNames()
  const values = Array.from({ length: maker.count(1, 4) }, () =>
    distinct(maker.oneOf(['ok', 'bad', "it's", 'a b', 'é', 'Mixed'])),
  )
  return { namespace: null, name: maker.object('e '), values }
}

export function makeTable(maker: Maker, enums: readonly EnumType[], namespaces: readonly string[]): Table {
  const column = distinctNames()
  const key = makeKey(maker, column)
  const others = Array.from({ length: maker.count(1, 5) }, () => makeColumn(maker, column(maker.name()), enums))
  const plain = [...key.columns, ...others]
  const generated = makeGenerated(maker, column, others)
  const table: Table = {
    namespace: namespaces[0] !== undefined && maker.chance(50) ? namespaces[0] : null,
    name: maker.object(),
    columns: [...plain, ...generated],
    primaryKey: key.primaryKey,
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    comment: maker.comment(),
    postgres: null,
    mysql: null,
    sqlite: null,
  }
  return {
    ...table,
    uniques: maker.chance(40) ? (makeUnique(maker, plain) ?? []) : [],
    checks: maker.possible.checks && maker.chance(50) ? [makeCheck(maker, others)] : [],
    indexes: Array.from({ length: maker.count(0, 2) }, () => makeIndex(maker, others)).flatMap((index) => index ?? []),
  }
}

export function makeColumn(maker: Maker, columnName: string, enums: readonly EnumType[]): Column {
  const enumeration = enums[0]
  const type: ColumnType =
    enumeration !== undefined && maker.chance(25)
      ? { kind: 'enumeration', ...enumeration }
      : maker.g(types, maker.possible)
  return {
    name: columnName,
    type,
    nullable: maker.chance(60),
    default: maker.chance(50) ? maker.g(defaultsOf, type, maker.possible) : null,
    identity: null,
    generated: null,
    collation: null,
    comment: maker.comment(),
    postgres: null,
  }
}

function plainColumn(columnName: string, type: ColumnType, nullable: boolean): Column {
  return {
    name: columnName,
    type,
    nullable,
    default: null,
    identity: null,
    generated: null,
    collation: null,
    comment: null,
    postgres: null,
  }
}

interface Key {
  readonly columns: readonly Column[]
  readonly primaryKey: PrimaryKey | null
}

/** No primary key, one that numbers itself, one column, or several. */
function makeKey(maker: Maker, column: (wanted: string) => string): Key {
  const keyName = () => (maker.possible.primaryKeyNames ? maker.object('pk ') : null)
  const shape = maker.oneOf(['none', 'identity', 'identity', 'single', 'composite'] as const)
  if (shape === 'none') return { columns: [], primaryKey: null }
  if (shape === 'identity') {
    const type: ColumnType = maker.oneOf([{ kind: 'integer' }, { kind: 'bigint' }] as const)
    const numbered = plainColumn(column(maker.name()), type, false)
    const always = maker.possible.alwaysIdentity && maker.chance(20)
    return {
      columns: [{ ...numbered, identity: { always, numbers: null } }],
      primaryKey: { name: keyName(), columns: [numbered.name], mysql: null, postgres: null },
    }
  }
  const columns = Array.from({ length: shape === 'single' ? 1 : 2 }, () =>
    plainColumn(column(maker.name()), maker.g(keyTypes), false),
  )
  const primaryKey = { name: keyName(), columns: columns.map((one) => one.name), mysql: null, postgres: null }
  return { columns, primaryKey }
}

function makeGenerated(maker: Maker, column: (wanted: string) => string, others: readonly Column[]): readonly Column[] {
  const base = others.find((one) => one.type.kind === 'integer')
  if (!maker.possible.generatedColumns || base === undefined || maker.chance(60)) return []
  const expression = sql`${name(base.name)} * ${2}`
  return [{ ...plainColumn(column(maker.name()), { kind: 'bigint' }, true), generated: { expression, stored: true } }]
}

export function makeUnique(maker: Maker, columns: readonly Column[]): readonly Unique[] | null {
  const keyable = columns.filter(isKeyable)
  if (keyable.length === 0) return null
  const deferrable = maker.possible.deferrableUniques && maker.chance(20) ? 'deferred' : null
  const included = maker.possible.includedColumns && maker.chance(20) ? maker.oneOf(keyable) : null
  const postgres = included === null ? null : { nullsNotDistinct: false, include: [included.name], with: {} }
  return [{ name: maker.object('uq '), columns: maker.some(keyable, 2).map((one) => one.name), deferrable, postgres }]
}

export function makeCheck(maker: Maker, columns: readonly Column[]): Check {
  return { name: maker.object('ck '), condition: conditionOn(maker, maker.oneOf(columns)), postgres: null }
}

function conditionOn(maker: Maker, column: Column): Sql {
  const it = name(column.name)
  if (isWhole(column)) {
    return maker.oneOf([
      sql`${it} >= ${-5}`,
      sql`${it} IN (${1}, ${2}) OR ${it} IS NULL`,
      sql`NOT (${it} BETWEEN ${3} AND ${4})`,
    ])
  }
  if (isCharacters(column))
    return maker.oneOf([sql`${it} <> ${"it's"}`, sql`length(${it}) > ${0}`, sql`${it} IN (${'a'}, ${'b'})`])
  return sql`${it} IS NOT NULL`
}

export function makeIndex(maker: Maker, columns: readonly Column[]): Index | null {
  const keyable = columns.filter(isKeyable)
  const { possible } = maker
  if (keyable.length === 0) return null
  const parts = maker.some(keyable, 3).map((column): IndexPart => {
    const descending = possible.descendingIndexes && maker.chance(30)
    const expression = !possible.expressionIndexes || maker.chance(70) ? null : expressionOn(column)
    return {
      of: expression === null ? { column: column.name } : { expression },
      descending,
      nulls: makeNulls(maker, descending),
    }
  })
  const where = possible.partialIndexes && maker.chance(30) ? conditionOn(maker, maker.oneOf(columns)) : null
  return { name: maker.object('ix '), parts, unique: maker.chance(30), where, postgres: null, mysql: null }
}

/** Every engine but PostgreSQL takes NULL for the least value, and says nothing else. */
function makeNulls({ possible, oneOf }: Maker, descending: boolean): IndexPart['nulls'] {
  return oneOf(possible.orderOfNulls ? [null, 'first', 'last'] : [null, descending ? 'last' : 'first'])
}

function expressionOn(column: Column): Sql | null {
  if (column.type.kind === 'string') return sql`lower(${name(column.name)})`
  return isWhole(column) ? sql`${name(column.name)} + ${1}` : null
}

function withForeignKeys(maker: Maker, table: Table, position: number, tables: readonly Table[]): Table {
  if (maker.chance(40)) return table
  const referent = maker.oneOf(maker.possible.cycles ? tables : tables.slice(0, position + 1))
  const made = makeForeignKey(maker, table, referent)
  return made === null
    ? table
    : { ...table, columns: [...table.columns, ...made.columns], foreignKeys: [made.foreignKey] }
}

/** A foreign key on columns of its own, which fit the referent's primary key or unique constraint. */
export function makeForeignKey(
  maker: Maker,
  table: Table,
  referent: Table,
): { readonly columns: readonly Column[]; readonly foreignKey: ForeignKey } | null {
  const keys = [
    ...(referent.primaryKey === null ? [] : [referent.primaryKey]),
    ...referent.uniques.filter((one) => one.deferrable === null),
  ]
  if (keys.length === 0) return null
  const referentColumns = maker.oneOf(keys).columns
  const given = distinctNames()
  for (const column of table.columns) given(column.name)
  const columns = referentColumns.map((wanted) => {
    const type = referent.columns.find((column) => column.name === wanted)?.type ?? { kind: 'integer' }
    return plainColumn(given(`ref ${maker.name()}`), type, true)
  })
  const actions: readonly Action[] = [
    'no action',
    'restrict',
    'cascade',
    'set null',
    ...(maker.possible.setDefault ? (['set default'] as const) : []),
  ]
  const foreignKey: ForeignKey = {
    name: maker.object('fk '),
    columns: columns.map((column) => column.name),
    referent: { namespace: referent.namespace, name: referent.name },
    referentColumns,
    onDelete: maker.oneOf(actions),
    onUpdate: maker.oneOf(actions),
    deferrable: maker.possible.deferrableForeignKeys ? deferral(maker) : null,
    match: maker.possible.fullMatch && maker.chance(20) ? 'full' : 'simple',
    postgres: null,
  }
  return { columns, foreignKey }
}

function deferral(maker: Maker): Deferral | null {
  return maker.chance(50) ? null : maker.oneOf<Deferral>(['immediate', 'deferred'])
}
