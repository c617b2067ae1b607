// Random composite types, objects known by their text, and comments.

import type { Op, OpKind } from '../../../src/ops/operations.ts'
import type { Schema } from '../../../src/schema/model.ts'
import type { Attribute, CompositeType, DefinedObject } from '../../../src/schema/object-model.ts'
import { type ObjectRef, refOf } from '../../../src/schema/object-ref.ts'
import { rawSql } from '../../../src/schema/sql.ts'
import type { Draw } from './draw.ts'
import { placeOf } from './schema.ts'

type Maker = (draw: Draw, schema: Schema) => Op | null

function attribute(draw: Draw, name: string): Attribute {
  const type = draw.oneOf<Attribute['type']>([{ kind: 'integer' }, { kind: 'string', length: 20 }, { kind: 'text' }])
  return { name, type, collation: type.kind === 'integer' ? null : draw.oneOf([null, 'C']) }
}

export function makeComposite(draw: Draw, name: string): CompositeType {
  const names = draw.some(['x', 'y', 'it"s'], 1, 3)
  return { kind: 'compositeType', namespace: null, name, attributes: names.map((one) => attribute(draw, one)) }
}

export function makeDefined(draw: Draw, name: string, { tables }: Schema): DefinedObject {
  const places = [null, ...tables.map(placeOf)]
  const table = draw.oneOf(places)
  const type = table === null ? draw.oneOf(['statistics', 'event trigger']) : 'rule'
  const text = { all: rawSql(`CREATE ${type} $\{${name}}`) }
  return { kind: 'defined', type, namespace: table?.namespace ?? null, name, table, text }
}

function refs({ tables, objects, namespaces }: Schema): readonly ObjectRef[] {
  return [
    ...objects.flatMap((object) =>
      ['archive', 'partition', 'compositeType'].includes(object.kind) ? [] : (refOf(object) ?? []),
    ),
    ...namespaces.map((name): ObjectRef => ({ kind: 'namespace', namespace: null, name, part: null })),
    ...tables.flatMap(({ namespace, name, indexes }) =>
      indexes.map((index): ObjectRef => ({ kind: 'index', namespace, name, part: index.name })),
    ),
  ]
}

function oneIn<K extends 'compositeType' | 'defined'>(draw: Draw, { objects }: Schema, kind: K) {
  const there = objects.filter((one): one is Extract<typeof one, { readonly kind: K }> => one.kind === kind)
  return there.length === 0 ? null : draw.oneOf(there)
}

export const definedMakers = {
  createCompositeType: (draw) => ({ kind: 'createCompositeType', type: makeComposite(draw, 'fresh') }),
  alterCompositeType: (draw, schema) => {
    const type = oneIn(draw, schema, 'compositeType')
    if (type === null) return null
    const names = type.attributes.map(({ name }) => name)
    const [first] = names
    const drop = names.length > 1 && draw.chance(50) ? [names.at(-1) as string] : []
    const alter = first === undefined || draw.chance(50) ? [] : [attribute(draw, first)]
    return {
      kind: 'alterCompositeType',
      type: placeOf(type),
      drop,
      alter,
      add: draw.some([attribute(draw, 'new')], 0, 1),
    }
  },
  dropCompositeType: (draw, schema) => {
    const type = oneIn(draw, schema, 'compositeType')
    return type === null ? null : { kind: 'dropCompositeType', type: placeOf(type), ifExists: draw.chance(20) }
  },
  createObject: (draw, schema) => ({ kind: 'createObject', object: makeDefined(draw, 'fresh', schema) }),
  dropObject: (draw, schema) => {
    const one = oneIn(draw, schema, 'defined')
    if (one === null) return null
    return { kind: 'dropObject', type: one.type, object: placeOf(one), of: one.table, ifExists: draw.chance(20) }
  },
  comment: (draw, schema) => {
    const targets = refs(schema)
    if (targets.length === 0) return null
    return { kind: 'comment', on: draw.oneOf(targets), comment: draw.oneOf([null, "It's `said`"]) }
  },
} as const satisfies Partial<Record<OpKind, Maker>>
