// A random operation of every kind on a schema: only such as the schema allows, so that it can be undone.

import { archiveName, putBackOp, setAsideOp } from '../../../src/ops/archives.ts'
import { refKey } from '../../../src/ops/definition.ts'
import { exclusionsOf } from '../../../src/ops/exclusions.ts'
import type { Op, OpKind } from '../../../src/ops/operations.ts'
import { constraintsOf, selectorOf } from '../../../src/ops/parts.ts'
import { applyOp, definitionOf } from '../../../src/ops/registry.ts'
import type { Column, EnumType, Schema, Table, TableName } from '../../../src/schema/model.ts'
import { sql } from '../../../src/schema/sql.ts'
import { definedMakers } from './defined.ts'
import { domainMakers } from './domains.ts'
import { type Draw, times } from './draw.ts'
import { enumMakers } from './enums.ts'
import { grantMakers } from './grants.ts'
import { objectMakers } from './objects.ts'
import { partitionMakers } from './partitions.ts'
import { policyMakers } from './policies.ts'
import {
  columnTypes,
  makeCheck,
  makeColumn,
  makeDefault,
  makeExclusion,
  makeForeignKey,
  makeIndex,
  makeNumbers,
  makePostgresColumn,
  makePrimaryKey,
  makeTable,
  makeUnique,
  placeOf,
} from './schema.ts'

/** An operation of one kind; null where the schema has nothing that it could be done to. */
export function makeOp(draw: Draw, schema: Schema, kind: OpKind): Op | null {
  return makers[kind](draw, schema)
}

export const opKinds = () => Object.keys(makers) as readonly OpKind[]

type OpMaker = (draw: Draw, schema: Schema) => Op | null

const strange: EnumType = { namespace: null, name: 'strange', values: ['new', 'old'] }

function onTable(make: (draw: Draw, table: Table, schema: Schema) => Op | null): OpMaker {
  return (draw, schema) => {
    const tables = schema.tables.filter((table) => table.columns.length > 0)
    return tables.length === 0 ? null : make(draw, draw.oneOf(tables), schema)
  }
}

/** What stands for the sum of a data file that is nowhere. */
export function sumOf(path: string): string {
  return `sum of ${path}`
}

/** A name that none of these has. */
function fresh(base: string, taken: readonly { readonly name: string | null }[]): string {
  return taken.some(({ name }) => name === base) ? fresh(`${base}'`, taken) : base
}

/** Nothing, or a name; a table has at most one without, or they could not be told apart. */
function maybeName(draw: Draw, base: string, taken: readonly { readonly name: string | null }[]): string | null {
  return draw.chance(40) && taken.every(({ name }) => name !== null) ? null : fresh(base, taken)
}

function someOps(draw: Draw, schema: Schema, most: number): readonly Op[] {
  const kinds = opKinds().filter((kind) => !['run', 'execute', 'autocommit', 'bulkInsert', 'insertFile'].includes(kind))
  const ops: Op[] = []
  const made = new Set<string>()
  let current = schema
  for (const kind of times(draw, 1, most, () => draw.oneOf(kinds))) {
    const op = makeOp(draw, current, kind)
    if (op === null) continue
    const touched = definitionOf(op).touches(op)
    const { provides, removes } = touched === 'unknown' ? { provides: [], removes: [] } : touched
    // Many a name is always the same; nothing can be made, or renamed to, where it stands already.
    if (provides.some((ref) => made.has(refKey(ref)))) continue
    for (const ref of removes) made.delete(refKey(ref))
    for (const ref of provides) made.add(refKey(ref))
    current = applyOp(current, op)
    ops.push(op)
  }
  return ops
}

const alterColumn = onTable((draw, table, schema) => {
  const column = draw.oneOf(table.columns)
  const type = draw.chance(30)
    ? { kind: 'enumeration' as const, ...draw.oneOf([strange, ...schema.enums]) }
    : draw.oneOf(columnTypes)
  const all: Omit<Column, 'name'> = {
    type,
    nullable: !column.nullable,
    default: draw.chance(30) ? null : makeDefault(draw, type),
    identity: draw.oneOf([null, { always: true, numbers: makeNumbers(draw) }]),
    generated: draw.oneOf([null, { expression: sql`1 + 1`, stored: true }]),
    collation: draw.oneOf([null, 'C']),
    comment: draw.oneOf([null, 'Altered']),
    postgres: makePostgresColumn(draw),
  }
  const keys = draw.some(Object.keys(all) as (keyof typeof all)[], 1, 4)
  const set = Object.fromEntries(keys.map((key) => [key, all[key]]))
  return { kind: 'alterColumn', table: placeOf(table), column: column.name, set, using: draw.oneOf([null, sql`1`]) }
})

const makers: { readonly [K in OpKind]: OpMaker } = {
  createTable: (draw, schema) => {
    const place: TableName = draw.oneOf([
      { namespace: null, name: fresh('fresh', schema.tables) },
      ...schema.tables.map(placeOf),
    ])
    const there = schema.tables.some((table) => table.name === place.name && table.namespace === place.namespace)
    const table = makeTable(draw, {
      place,
      columns: ['a', 'b'],
      enums: [strange, ...schema.enums],
      relation: () => null,
    })
    return { kind: 'createTable', table, ifNotExists: there || draw.chance(20) }
  },
  dropTable: onTable((draw, table) => ({ kind: 'dropTable', table: placeOf(table), ifExists: draw.chance(20) })),
  renameTable: onTable((_, table, schema) => ({
    kind: 'renameTable',
    table: placeOf(table),
    name: fresh('fresh name', schema.tables),
  })),
  moveTable: onTable((draw, table) => ({
    kind: 'moveTable',
    table: placeOf(table),
    namespace: draw.oneOf(['fresh', 'other']),
  })),
  alterTable: onTable((draw, table) => {
    const engine = { engine: draw.oneOf(['MyISAM', null]) }
    const text = { charset: draw.oneOf(['latin1', null]), collation: draw.oneOf(['latin1_bin', null]) }
    const set = {
      postgres: { unlogged: table.postgres?.unlogged !== true },
      mysql: draw.oneOf([engine, text, { ...text, ...engine }]),
      sqlite: { strict: true, withoutRowid: draw.chance(50) },
    }
    const engines = draw.some(Object.entries(set), 1, 3)
    return { kind: 'alterTable', table: placeOf(table), set: Object.fromEntries(engines) }
  }),
  createTableComment: onTable((draw, table) => ({
    kind: 'createTableComment',
    table: placeOf(table),
    comment: draw.oneOf([null, 'New']),
  })),
  addColumn: onTable((draw, table, schema) => {
    const there = draw.chance(20)
    const name = there ? draw.oneOf(table.columns).name : fresh('fresh', table.columns)
    const column = makeColumn(draw, name, [strange, ...schema.enums])
    return { kind: 'addColumn', table: placeOf(table), column, ifNotExists: there || draw.chance(20) }
  }),
  alterColumn,
  dropColumn: onTable((draw, table) => ({
    kind: 'dropColumn',
    table: placeOf(table),
    column: draw.chance(10) ? 'absent' : draw.oneOf(table.columns).name,
    ifExists: true,
  })),
  renameColumn: onTable((draw, table) => ({
    kind: 'renameColumn',
    table: placeOf(table),
    column: draw.oneOf(table.columns).name,
    name: fresh('fresh "name"', table.columns),
  })),
  createIndex: onTable((draw, table) => {
    const there = table.indexes.length > 0 && draw.chance(30) ? draw.oneOf(table.indexes).name : null
    const index = makeIndex(draw, table.columns, there ?? fresh('ix', table.indexes))
    return { kind: 'createIndex', table: placeOf(table), index, ifNotExists: there !== null || draw.chance(20) }
  }),
  dropIndex: onTable((draw, table) => ({
    kind: 'dropIndex',
    table: placeOf(table),
    name: table.indexes.length === 0 ? 'absent' : draw.oneOf(table.indexes).name,
    ifExists: true,
    concurrently: draw.chance(20),
  })),
  renameIndex: onTable((draw, table) =>
    table.indexes.length === 0
      ? null
      : {
          kind: 'renameIndex',
          table: placeOf(table),
          index: draw.oneOf(table.indexes).name,
          name: fresh('fresh', table.indexes),
        },
  ),
  createPrimaryKey: onTable((draw, table) =>
    table.primaryKey === null
      ? {
          kind: 'createPrimaryKey',
          table: placeOf(table),
          primaryKey: makePrimaryKey(draw, table.columns, maybeName(draw, 'pk', [])),
        }
      : null,
  ),
  createUniqueConstraint: onTable((draw, table) => ({
    kind: 'createUniqueConstraint',
    table: placeOf(table),
    unique: makeUnique(draw, table.columns, maybeName(draw, 'uq', table.uniques)),
  })),
  createForeignKey: onTable((draw, table, schema) => {
    const foreignKey = makeForeignKey(draw, table, draw.oneOf(schema.tables), maybeName(draw, 'fk', table.foreignKeys))
    return foreignKey === null ? null : { kind: 'createForeignKey', table: placeOf(table), foreignKey }
  }),
  createCheckConstraint: onTable((draw, table) => ({
    kind: 'createCheckConstraint',
    table: placeOf(table),
    check: makeCheck(draw, table.columns, maybeName(draw, 'ck', table.checks)),
  })),
  createExcludeConstraint: onTable((draw, table) => ({
    kind: 'createExcludeConstraint',
    table: placeOf(table),
    exclusion: makeExclusion(draw, table.columns, fresh('ex', exclusionsOf(table))),
  })),
  dropConstraint: onTable((draw, table) => {
    const all = constraintsOf(table)
    if (all.length === 0) return null
    const found = draw.oneOf(all)
    const type = draw.chance(50) || found.value.name === null ? found.type : null
    return {
      kind: 'dropConstraint',
      table: placeOf(table),
      constraint: selectorOf(found),
      type,
      ifExists: draw.chance(20),
    }
  }),
  renameConstraint: onTable((draw, table) => {
    const named = constraintsOf(table).filter(({ value }) => value.name !== null)
    if (named.length === 0) return null
    const { type, value } = draw.oneOf(named)
    const names = named.map((found) => found.value)
    return {
      kind: 'renameConstraint',
      table: placeOf(table),
      constraint: value.name ?? '',
      name: fresh('fresh', names),
      type: draw.oneOf([null, type]),
    }
  }),
  alterConstraint: onTable((draw, table) => {
    const named = table.foreignKeys.flatMap(({ name }) => name ?? [])
    const set = draw.oneOf([{ deferrable: null }, { deferrable: 'deferred' as const }, { notValid: true }])
    return named.length === 0
      ? null
      : { kind: 'alterConstraint', table: placeOf(table), constraint: draw.oneOf(named), set }
  }),
  validateConstraint: onTable((draw, table) => {
    const named = constraintsOf(table).flatMap(({ value }) => value.name ?? [])
    return named.length === 0
      ? null
      : { kind: 'validateConstraint', table: placeOf(table), constraint: draw.oneOf(named) }
  }),
  createEnum: (draw, schema) => ({ kind: 'createEnum', enumeration: draw.oneOf([strange, ...schema.enums]) }),
  dropEnum: (draw, schema) =>
    schema.enums.length === 0 ? null : { kind: 'dropEnum', enumeration: placeOf(draw.oneOf(schema.enums)) },
  ...enumMakers,
  ...domainMakers,
  ...policyMakers,
  ...grantMakers,
  ...partitionMakers,
  createNamespace: (draw, schema) => ({
    kind: 'createNamespace',
    name: draw.oneOf(['fresh', ...schema.namespaces]),
    ifNotExists: draw.chance(30),
  }),
  dropNamespace: (draw, schema) =>
    schema.namespaces.length === 0
      ? null
      : { kind: 'dropNamespace', name: draw.oneOf(schema.namespaces), ifExists: draw.chance(30) },
  ...objectMakers,
  ...definedMakers,
  createExtension: (draw, { objects }) => {
    const name = fresh('fresh', objects)
    const [namespace, version] = [draw.oneOf([null, 'app']), draw.oneOf([null, '1.6'])]
    const extension = { kind: 'extension' as const, namespace, name, version }
    return { kind: 'createExtension', extension, ifNotExists: draw.chance(30) }
  },
  dropExtension: (draw, { objects }) => {
    const there = objects.filter((object) => object.kind === 'extension')
    return there.length === 0
      ? null
      : { kind: 'dropExtension', name: draw.oneOf(there).name, ifExists: draw.chance(30) }
  },
  bulkInsert: onTable((draw, table) => ({
    kind: 'bulkInsert',
    table: placeOf(table),
    rows: times(draw, 0, 3, () =>
      Object.fromEntries(table.columns.map((column) => [column.name, draw.oneOf([1, 'a', null])])),
    ),
  })),
  insertFile: onTable((draw, table) => {
    const path = draw.oneOf(['users', "../it's/a $ü`ser"])
    const csv = {
      format: 'csv',
      path: `${path}.csv`,
      delimiter: draw.oneOf([',', ';', '\t']),
      null: draw.oneOf(['', '\\N']),
    } as const
    const file = draw.chance(70) ? csv : ({ format: 'json', path: `${path}.jsonl` } as const)
    return { kind: 'insertFile', table: placeOf(table), file: { ...file, sha256: sumOf(file.path) } }
  }),
  execute: (draw, schema) => ({
    kind: 'execute',
    sql: { all: [sql`UPDATE x SET y = ${1}`] },
    effects: draw.chance(40) ? null : someOps(draw, schema, 3),
    touches: null,
    undo: draw.chance(20) ? null : { all: [sql`UPDATE x SET y = ${0}`] },
    transactional: draw.chance(80),
  }),
  run: (draw, schema) => ({
    kind: 'run',
    run: () => undefined,
    effects: draw.chance(50) ? null : someOps(draw, schema, 2),
    touches: null,
  }),
  autocommit: (draw, schema) => ({ kind: 'autocommit', ops: someOps(draw, schema, 3) }),
  setAside: (draw, schema) => {
    const op = makeOp(draw, schema, draw.oneOf(['dropTable', 'dropColumn', 'alterColumn']))
    if (op?.kind === 'dropTable' || op?.kind === 'dropColumn') return setAsideOp(op, archiveName('', op))
    return op?.kind === 'alterColumn' && op.set.type !== undefined ? setAsideOp(op, archiveName('', op)) : null
  },
  putBack: (draw, schema) => {
    const op = makers.createTable(draw, { ...schema, tables: [] })
    if (op?.kind !== 'createTable' || schema.tables.some(({ name }) => name === 'gone')) return null
    const lost = { ...op, table: { ...op.table, namespace: null, name: 'gone' } }
    const archive = archiveName('', lost)
    return schema.objects.some(({ kind, name }) => kind === 'archive' && name === archive)
      ? putBackOp(lost, archive)
      : null
  },
}
