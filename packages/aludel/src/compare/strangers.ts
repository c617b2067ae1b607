// What neither the models nor the chain of revisions know: somebody else's, told and left alone.

import { findTable, sameName, tableTitle } from '../schema/lookup.ts'
import type { Schema, Table } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'

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
 * The database without what is nobody's. Beside tables only kinds are looked at that the models declare or the chain
 * has made.
 */
export function withoutStrangers({ actual, model, chain, dropUnknown }: StrangersRequest): Kept {
  const extra = actual.tables.filter((table) => findTable(model, table) === null)
  const others = actual.objects.filter((object) => !hasObject(model, object))
  const known = extra.length + others.length === 0 ? null : chain()
  const isKnown = (table: Table) => known === null || findTable(known, table) !== null
  const strangers = dropUnknown ? [] : extra.filter((table) => !isKnown(table))
  const tables = actual.tables.filter((table) => !strangers.includes(table))
  const kinds = new Set([...model.objects, ...(known?.objects ?? [])].map(({ kind }) => kind))
  const managed = others.filter(({ kind }) => kinds.has(kind))
  const strange = dropUnknown ? [] : managed.filter((object) => known === null || !hasObject(known, object))
  const objects = actual.objects.filter((object) => kinds.has(object.kind) && !strange.includes(object))
  const used = new Set([...model.tables, ...model.enums, ...tables, ...objects].map(({ namespace }) => namespace))
  return {
    schema: {
      tables,
      enums: actual.enums.filter((type) => dropUnknown || isOwned(type, tables, model)),
      namespaces: actual.namespaces.filter((name) => model.namespaces.includes(name) || used.has(name)),
      objects,
    },
    notes: [
      ...strangers.map((table) => leftAlone('Table', tableTitle(table))),
      ...strange.map((object) => leftAlone(titles[object.kind], tableTitle(object))),
    ],
  }
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
}

function hasObject({ objects }: Schema, object: SchemaObject): boolean {
  return objects.some((one) => one.kind === object.kind && sameName(one, object) && isOnSameTable(one, object))
}

function isOnSameTable(one: SchemaObject, other: SchemaObject): boolean {
  return !('table' in one && 'table' in other) || one.table?.name === other.table?.name
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
