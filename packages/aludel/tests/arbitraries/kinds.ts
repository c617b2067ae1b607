// Random values of enumerations, domains and policies where the engine has them.

import type { EnumColumn, Op } from '../../src/ops/operations.ts'
import type { Schema, Table, TableName } from '../../src/schema/model.ts'
import type { Policy, SchemaObject } from '../../src/schema/object-model.ts'
import { sql } from '../../src/schema/sql.ts'
import type { Maker } from './maker.ts'

function placeOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}

function oneOf<K extends SchemaObject['kind']>(maker: Maker, schema: Schema, kind: K) {
  const all = schema.objects.filter(
    (object): object is Extract<SchemaObject, { readonly kind: K }> => object.kind === kind,
  )
  return all.length === 0 ? null : maker.oneOf(all)
}

/** The columns of an enumeration, which engines without named types restate. */
export function columnsOf(schema: Schema, type: TableName): readonly EnumColumn[] {
  return schema.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.type.kind === 'enumeration' && column.type.name === type.name)
      .map((column) => ({ table: placeOf(table), column: column.name })),
  )
}

export function addEnumValue(maker: Maker, schema: Schema): Op | null {
  const type = schema.enums[0]
  const neighbour = type?.values[0]
  if (type === undefined || neighbour === undefined) return null
  return {
    kind: 'addEnumValue',
    enumeration: placeOf(type),
    value: maker.object('value '),
    place: maker.oneOf([null, { before: neighbour }, { after: neighbour }]),
    ifNotExists: maker.chance(20),
    columns: columnsOf(schema, type),
  }
}

export function renameEnumValue(maker: Maker, schema: Schema): Op | null {
  const type = schema.enums[0]
  if (type === undefined || type.values.length === 0) return null
  const [value, name] = [maker.oneOf(type.values), maker.object('value ')]
  return { kind: 'renameEnumValue', enumeration: placeOf(type), value, name, columns: columnsOf(schema, type) }
}

export function createDomain(maker: Maker): Op | null {
  if (!maker.possible.domains) return null
  const check = { name: maker.object('ck '), condition: sql`VALUE <> ${"it's"}`, postgres: null }
  return {
    kind: 'createDomain',
    domain: {
      kind: 'domain',
      namespace: null,
      name: maker.object('domain '),
      type: maker.oneOf([{ kind: 'text' }, { kind: 'string', length: 20 }]),
      nullable: maker.chance(50),
      default: maker.oneOf([null, { kind: 'value', value: "\\ 'x'" }]),
      collation: maker.oneOf([null, 'C']),
      checks: maker.chance(50) ? [check] : [],
    },
  }
}

export function alterDomain(maker: Maker, schema: Schema): Op | null {
  const domain = oneOf(maker, schema, 'domain')
  if (domain === null) return null
  return {
    kind: 'alterDomain',
    domain: placeOf(domain),
    set: maker.oneOf([{}, { default: null }, { nullable: !domain.nullable }]),
    drop: domain.checks[0]?.name ?? null,
    add: maker.oneOf([null, { name: maker.object('ck '), condition: sql`length(VALUE) < ${100}`, postgres: null }]),
  }
}

export function renameDomain(maker: Maker, schema: Schema): Op | null {
  const domain = oneOf(maker, schema, 'domain')
  return domain === null ? null : { kind: 'renameDomain', domain: placeOf(domain), name: maker.object('domain ') }
}

export function dropDomain(maker: Maker, schema: Schema): Op | null {
  const domain = oneOf(maker, schema, 'domain')
  return domain === null ? null : { kind: 'dropDomain', domain: placeOf(domain), ifExists: maker.chance(20) }
}

export function rowSecurity(maker: Maker, table: Table): Op | null {
  if (!maker.possible.rowSecurity) return null
  const at = placeOf(table)
  return maker.chance(30)
    ? { kind: 'disableRowSecurity', table: at }
    : { kind: 'enableRowSecurity', table: at, force: maker.chance(50) }
}

export function createPolicy(maker: Maker, table: Table): Op | null {
  if (!maker.possible.rowSecurity) return null
  const policy: Policy = {
    kind: 'policy',
    namespace: table.namespace,
    name: maker.object('policy '),
    table: placeOf(table),
    command: maker.oneOf(['all', 'update']),
    permissive: maker.chance(50),
    to: maker.oneOf([[], ['PUBLIC'], ['CURRENT_USER']]),
    // A policy that names a column would keep it as it is.
    using: maker.oneOf([null, sql`true`]),
    check: maker.oneOf([null, sql`1 < ${2}`]),
  }
  return { kind: 'createPolicy', policy }
}

export function changePolicy(maker: Maker, schema: Schema): Op | null {
  const policy = oneOf(maker, schema, 'policy')
  if (policy === null) return null
  const { table, name } = policy
  return maker.oneOf<Op>([
    { kind: 'alterPolicy', table, name, set: { to: [], using: sql`false` } },
    { kind: 'renamePolicy', table, policy: name, name: maker.object('policy ') },
    { kind: 'dropPolicy', table, name, ifExists: false },
  ])
}
