// Random domains, and what can be done to them.

import type { Op, OpKind } from '../../../src/ops/operations.ts'
import type { Check, Schema } from '../../../src/schema/model.ts'
import type { Domain } from '../../../src/schema/object-model.ts'
import { sql } from '../../../src/schema/sql.ts'
import type { Draw } from './draw.ts'
import { columnTypes, makeDefault, placeOf } from './schema.ts'

type Maker = (draw: Draw, schema: Schema) => Op | null

export function makeDomain(draw: Draw, name: string): Domain {
  const type = draw.oneOf(columnTypes)
  return {
    kind: 'domain',
    namespace: draw.oneOf([null, 'app']),
    name,
    type,
    nullable: draw.chance(50),
    default: draw.chance(50) ? null : makeDefault(draw, type),
    collation: draw.oneOf([null, 'C']),
    checks: draw.some([makeCheck('first'), makeCheck('second')], 0, 2),
  }
}

function makeCheck(name: string): Check {
  return { name, condition: sql`VALUE <> ${'x'}`, postgres: null }
}

function onDomain(make: (draw: Draw, domain: Domain) => Op): Maker {
  return (draw, { objects }) => {
    const all = objects.filter((object): object is Domain => object.kind === 'domain')
    return all.length === 0 ? null : make(draw, draw.oneOf(all))
  }
}

export const domainMakers = {
  createDomain: (draw) => {
    const domain = makeDomain(draw, 'fresh')
    return { kind: 'createDomain', domain: { ...domain, checks: domain.checks.slice(0, 1) } }
  },
  alterDomain: onDomain((draw, domain) => {
    const all = { default: makeDefault(draw, domain.type), nullable: !domain.nullable }
    const keys = draw.some(Object.keys(all) as (keyof typeof all)[], 0, 2)
    return {
      kind: 'alterDomain',
      domain: placeOf(domain),
      set: Object.fromEntries(keys.map((key) => [key, all[key]])),
      drop: draw.oneOf([null, ...domain.checks.map((check) => check.name)]),
      add: draw.oneOf([null, makeCheck('fresh')]),
    }
  }),
  renameDomain: onDomain((_, domain) => ({ kind: 'renameDomain', domain: placeOf(domain), name: 'fresh' })),
  dropDomain: onDomain((draw, domain) => ({
    kind: 'dropDomain',
    domain: placeOf(domain),
    ifExists: draw.chance(20),
  })),
} as const satisfies Partial<Record<OpKind, Maker>>
