// Random views, sequences, functions and triggers, and what can be done to them.

import type { Op, OpKind } from '../../../src/ops/operations.ts'
import { usualStart } from '../../../src/ops/sequences.ts'
import type { Schema, TableName } from '../../../src/schema/model.ts'
import type { SchemaObject, SequenceSettings } from '../../../src/schema/object-model.ts'
import { type EngineSql, sql } from '../../../src/schema/sql.ts'
import { makeComposite, makeDefined } from './defined.ts'
import { makeDomain } from './domains.ts'
import type { Draw } from './draw.ts'
import { makePrivilege } from './grants.ts'
import { makePartition } from './partitions.ts'
import { makePolicy, makeRowSecurity } from './policies.ts'

type Of<K extends SchemaObject['kind']> = Extract<SchemaObject, { readonly kind: K }>

/** The schema with some objects beside its tables, at most two of a kind. */
export function withObjects(draw: Draw, schema: Schema): Schema {
  const tables = schema.tables.map(placeOf)
  const table = tables.length === 0 ? null : draw.oneOf(tables)
  const all: readonly SchemaObject[] = [
    makeView(draw, 'v', tables),
    makeView(draw, 'live people', tables),
    makeMaterialized(draw, 'm', tables),
    makeSequence(draw, 's', ownersIn(schema)),
    makeSequence(draw, 'S', ownersIn(schema)),
    makeFunction(draw, 'f', null, tables),
    makeFunction(draw, 'f', 'integer', tables),
    ...(table === null
      ? []
      : [
          makeTrigger(draw, 't', table),
          makePolicy(draw, 'p', table),
          makeRowSecurity(draw, table),
          makePartition(draw, 'part', table),
        ]),
    makeComposite(draw, 'c'),
    makeDefined(draw, 'o', schema),
    makePrivilege(draw, schema),
    makeDomain(draw, 'd'),
    makeDomain(draw, 'it"s'),
    { kind: 'extension', namespace: draw.oneOf([null, 'app']), name: 'there', version: draw.oneOf([null, '1.6']) },
    { kind: 'archive', namespace: null, name: 'aludel_kept_gone' },
  ]
  return { ...schema, objects: draw.some(all, 4, all.length) }
}

function placeOf({ namespace, name }: TableName): TableName {
  return { namespace, name }
}

function makeText(draw: Draw): EngineSql {
  const [first, second] = [sql`SELECT ${1} FROM x`, sql`CREATE x AS $$ \`\${y}\` $$`]
  return draw.oneOf([{ all: first }, { all: second }, { per: { postgres: second, mysql: first, sqlite: first } }])
}

function makeView(draw: Draw, name: string, tables: readonly TableName[]): Of<'view'> {
  return {
    kind: 'view',
    namespace: null,
    name,
    query: makeText(draw),
    columns: draw.oneOf([null, ['a', 'b c']]),
    comment: draw.oneOf([null, 'Seen']),
    options: name === 'v' ? { check_option: 'local' } : {},
    dependsOn: draw.some(tables, 0, 2),
  }
}

function makeMaterialized(draw: Draw, name: string, tables: readonly TableName[]): Of<'materializedView'> {
  const dependsOn = draw.some(tables, 0, 2)
  return {
    kind: 'materializedView',
    namespace: null,
    name,
    query: makeText(draw),
    withData: draw.chance(50),
    options: draw.oneOf([{}, { fillfactor: '70' }]),
    indexes: [],
    dependsOn,
  }
}

type Owner = SequenceSettings['ownedBy']

function ownersIn(schema: Schema): readonly Owner[] {
  const [table] = schema.tables
  const [column] = table?.columns ?? []
  return table === undefined || column === undefined ? [null] : [null, { table: placeOf(table), column: column.name }]
}

function makeSettings(draw: Draw, owners: readonly Owner[]): SequenceSettings {
  const usual = {
    increment: draw.oneOf([1, -1, 10n]),
    minValue: draw.oneOf([null, -100, 5]),
    maxValue: draw.oneOf([null, 1000, 9223372036854775806n]),
  }
  return {
    type: draw.oneOf([null, 'integer']),
    start: draw.oneOf([usualStart(usual), 7]),
    ...usual,
    cache: draw.oneOf([null, 20]),
    cycle: draw.chance(30),
    ownedBy: draw.oneOf(owners),
  }
}

function makeSequence(draw: Draw, name: string, owners: readonly Owner[]): Of<'sequence'> {
  return { kind: 'sequence', namespace: null, name, ...makeSettings(draw, owners) }
}

function makeFunction(draw: Draw, name: string, own: string | null, tables: readonly TableName[]): Of<'function'> {
  const dependsOn = draw.some(tables, 0, 1)
  const routine = own === null ? 'function' : draw.oneOf(['function', 'procedure', 'aggregate'] as const)
  return { kind: 'function', namespace: null, name, routine, arguments: own, text: makeText(draw), dependsOn }
}

function makeTrigger(draw: Draw, name: string, table: TableName): Of<'trigger'> {
  return { kind: 'trigger', namespace: table.namespace, name, table, text: makeText(draw) }
}

function oneIn<K extends SchemaObject['kind']>(draw: Draw, schema: Schema, kind: K): Of<K> | null {
  const all = schema.objects.filter((object): object is Of<K> => object.kind === kind)
  return all.length === 0 ? null : draw.oneOf(all)
}

type Maker = (draw: Draw, schema: Schema) => Op | null

/** An operation on one of the objects of a kind; null where there is none. */
function onOne<K extends SchemaObject['kind']>(kind: K, make: (draw: Draw, object: Of<K>) => Op): Maker {
  return (draw, schema) => {
    const object = oneIn(draw, schema, kind)
    return object === null ? null : make(draw, object)
  }
}

const tablesOf = (schema: Schema) => schema.tables.map(placeOf)
const fresh = 'fresh one'

export const objectMakers = {
  createView: (draw, schema) => {
    const old = oneIn(draw, schema, 'view')
    const orReplace = old !== null && draw.chance(50)
    const view = makeView(draw, orReplace ? old.name : fresh, tablesOf(schema))
    return { kind: 'createView', view, orReplace }
  },
  dropView: onOne('view', (draw, view) => ({ kind: 'dropView', view: placeOf(view), ifExists: draw.chance(20) })),
  renameView: onOne('view', (_, view) => ({ kind: 'renameView', view: placeOf(view), name: fresh })),
  createMaterializedView: (draw, schema) => ({
    kind: 'createMaterializedView',
    view: makeMaterialized(draw, fresh, tablesOf(schema)),
    ifNotExists: draw.chance(30),
  }),
  dropMaterializedView: onOne('materializedView', (draw, view) => ({
    kind: 'dropMaterializedView',
    view: placeOf(view),
    ifExists: draw.chance(20),
  })),
  refreshMaterializedView: onOne('materializedView', (draw, view) => ({
    kind: 'refreshMaterializedView',
    view: placeOf(view),
    concurrently: draw.chance(50),
  })),
  createSequence: (draw, schema) => {
    const old = oneIn(draw, schema, 'sequence')
    const ifNotExists = old !== null && draw.chance(30)
    const sequence = makeSequence(draw, ifNotExists ? old.name : fresh, ownersIn(schema))
    return { kind: 'createSequence', sequence, ifNotExists }
  },
  alterSequence: (draw, schema) => {
    const sequence = oneIn(draw, schema, 'sequence')
    if (sequence === null) return null
    const all = makeSettings(draw, ownersIn(schema))
    const keys = draw.some(Object.keys(all) as (keyof SequenceSettings)[], 1, 4)
    const set = Object.fromEntries(keys.map((key) => [key, all[key]]))
    return { kind: 'alterSequence', sequence: placeOf(sequence), set }
  },
  renameSequence: onOne('sequence', (_, sequence) => ({
    kind: 'renameSequence',
    sequence: placeOf(sequence),
    name: fresh,
  })),
  dropSequence: onOne('sequence', (draw, sequence) => ({
    kind: 'dropSequence',
    sequence: placeOf(sequence),
    ifExists: draw.chance(20),
  })),
  createFunction: (draw, schema) => {
    const old = oneIn(draw, schema, 'function')
    const orReplace = old !== null && draw.chance(50)
    const own = orReplace ? old.arguments : draw.oneOf([null, 'integer, text'])
    const made = makeFunction(draw, orReplace ? old.name : fresh, own, tablesOf(schema))
    return { kind: 'createFunction', function: made, orReplace }
  },
  dropFunction: onOne('function', (draw, made) => ({
    kind: 'dropFunction',
    function: placeOf(made),
    routine: made.routine,
    arguments: made.arguments,
    ifExists: draw.chance(20),
  })),
  createTrigger: (draw, schema) =>
    schema.tables.length === 0
      ? null
      : { kind: 'createTrigger', trigger: makeTrigger(draw, fresh, draw.oneOf(tablesOf(schema))) },
  dropTrigger: onOne('trigger', (draw, { table, name }) => ({
    kind: 'dropTrigger',
    table,
    name,
    ifExists: draw.chance(20),
  })),
} as const satisfies Partial<Record<OpKind, Maker>>
