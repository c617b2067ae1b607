// Random policies and row security, and what can be done to them.

import type { Op, OpKind } from '../../../src/ops/operations.ts'
import type { Schema, TableName } from '../../../src/schema/model.ts'
import type { Policy, RowSecurity } from '../../../src/schema/object-model.ts'
import { name as named, sql } from '../../../src/schema/sql.ts'
import type { Draw } from './draw.ts'
import { placeOf } from './schema.ts'

type Maker = (draw: Draw, schema: Schema) => Op | null

const conditions = [sql`${named('id')} > ${0}`, sql`owner = CURRENT_USER`]

export function makePolicy(draw: Draw, name: string, table: TableName): Policy {
  return {
    kind: 'policy',
    namespace: table.namespace,
    name,
    table,
    command: draw.oneOf(['all', 'select', 'insert', 'update', 'delete']),
    permissive: draw.chance(70),
    to: draw.some(['PUBLIC', 'reader', 'the "boss"'], 0, 2),
    using: draw.oneOf([null, ...conditions]),
    check: draw.oneOf([null, ...conditions]),
  }
}

export function makeRowSecurity(draw: Draw, table: TableName): RowSecurity {
  return { kind: 'rowSecurity', ...table, table, force: draw.chance(50) }
}

function onTable(make: (draw: Draw, table: TableName) => Op): Maker {
  return (draw, { tables }) => (tables.length === 0 ? null : make(draw, placeOf(draw.oneOf(tables))))
}

function onPolicy(make: (draw: Draw, policy: Policy) => Op): Maker {
  return (draw, { objects }) => {
    const all = objects.filter((object): object is Policy => object.kind === 'policy')
    return all.length === 0 ? null : make(draw, draw.oneOf(all))
  }
}

export const policyMakers = {
  enableRowSecurity: onTable((draw, table) => ({ kind: 'enableRowSecurity', table, force: draw.chance(50) })),
  disableRowSecurity: onTable((_, table) => ({ kind: 'disableRowSecurity', table })),
  createPolicy: onTable((draw, table) => ({ kind: 'createPolicy', policy: makePolicy(draw, 'fresh', table) })),
  alterPolicy: onPolicy((draw, { table, name }) => {
    const all = { to: draw.some(['writer'], 0, 1), using: conditions[0], check: conditions[1] }
    const keys = draw.some(Object.keys(all) as (keyof typeof all)[], 1, 3)
    return { kind: 'alterPolicy', table, name, set: Object.fromEntries(keys.map((key) => [key, all[key]])) }
  }),
  renamePolicy: onPolicy((_, { table, name }) => ({ kind: 'renamePolicy', table, policy: name, name: 'fresh' })),
  dropPolicy: onPolicy((draw, { table, name }) => ({ kind: 'dropPolicy', table, name, ifExists: draw.chance(20) })),
} as const satisfies Partial<Record<OpKind, Maker>>
