// What neither the models nor the chain of revisions know: somebody else's, told and left alone.

import { sameName, tableFinder, tableTitle } from '../schema/lookup.ts'
import { emptySchema, type Schema, type Table } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import { objectKey } from '../schema/object-ref.ts'

export interface Kept {
  readonly schema: Schema
  /** What was seen and left alone, a sentence each. */
  readonly notes: readonly string[]
}

export interface StrangersRequest {
  readonly actual: Schema
  readonly model: Schema
  /** The schema that the chain makes; asked only where something is there that the models do not have. */
  chain(): Schema
  /** True where what nobody knows is to be dropped. */
  readonly dropUnknown: boolean
}

/**
 * The database without what is nobody's. Beside tables only kinds are looked at that the models declare: a view that a
 * revision made by hand is safe from models that know of no views.
 */
export function withoutStrangers({ actual, model, chain, dropUnknown }: StrangersRequest): Kept {
  const kinds = new Set(model.objects.map(({ kind }) => kind))
  const own = new Set(model.objects.map(objectKey))
  const inModel = tableFinder(model)
  const extra = actual.tables.filter((table) => inModel(table) === null)
  const managed = actual.objects.filter((object) => kinds.has(object.kind))
  const others = managed.filter((object) => !own.has(objectKey(object)))
  const known = extra.length + others.length === 0 || dropUnknown ? null : chain()
  const inChain = tableFinder(known ?? emptySchema)
  const strangers = new Set(known === null ? [] : extra.filter((table) => inChain(table) === null))
  const made = new Set(known?.objects.map(objectKey))
  const strange = new Set(known === null ? [] : others.filter((object) => !made.has(objectKey(object))))
  const tables = actual.tables.filter((table) => !strangers.has(table))
  const objects = managed.filter((object) => !strange.has(object))
  const used = new Set([...model.tables, ...model.enums, ...tables, ...objects].map(({ namespace }) => namespace))
  return {
    schema: {
      ...actual,
      tables,
      enums: actual.enums.filter((type) => dropUnknown || isOwned(type, tables, model)),
      namespaces: actual.namespaces.filter((name) => model.namespaces.includes(name) || used.has(name)),
      objects,
    },
    notes: [
      ...[...strangers].map((table) => leftAlone('Table', tableTitle(table))),
      ...[...strange].filter(isToldOf).map((object) => leftAlone(titles[object.kind], tableTitle(object))),
    ],
  }
}

/** Privileges and comments are many, and say little by themselves. */
function isToldOf({ kind }: SchemaObject): boolean {
  return kind !== 'privilege' && kind !== 'comment'
}

function leftAlone(kind: string, name: string): string {
  return `${kind} ${name} is in neither the models nor a revision; it is left alone.`
}

const titles: { readonly [K in SchemaObject['kind']]: string } = {
  view: 'View',
  materializedView: 'Materialized view',
  sequence: 'Sequence',
  function: 'Function',
  trigger: 'Trigger',
  extension: 'Extension',
  domain: 'Domain',
  rowSecurity: 'Row security of table',
  policy: 'Policy',
  partition: 'Partition',
  archive: 'Archive',
  compositeType: 'Type',
  defined: 'Object',
  comment: 'Comment',
  privilege: 'Privilege',
}

/** An enumeration is compared where the model has it, or where a table of ours uses it. */
function isOwned(
  type: { readonly namespace: string | null; readonly name: string },
  tables: readonly Table[],
  model: Schema,
): boolean {
  const uses = (table: Table) =>
    table.columns.some(({ type: own }) => own.kind === 'enumeration' && sameName(own, type))
  return model.enums.some((one) => sameName(one, type)) || tables.some(uses)
}
