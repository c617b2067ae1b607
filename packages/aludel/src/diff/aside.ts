// What must step aside while that which it stands on is made anew: it is dropped before and made again after.

import { findDefined } from '../ops/defined.ts'
import type { Op } from '../ops/operations.ts'
import { constraintsOf } from '../ops/parts.ts'
import { definitionOf } from '../ops/registry.ts'
import { sameData } from '../schema/canonical.ts'
import { findColumn, findEnum, findTable } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'
import { isWithin, type ObjectRef, refKey } from '../schema/object-ref.ts'
import { findObject } from '../schema/objects.ts'

/** The drops, dependants first; nothing for what the operations drop themselves. */
export function asideOps(before: Schema, after: Schema, ops: readonly Op[]): readonly Op[] {
  const edges = before.catalogue?.dependencies ?? []
  if (edges.length === 0) return []
  const replaced = new Set(ops.flatMap(replacedKeys))
  const removed = new Set(ops.flatMap(removedRefs).map(refKey))
  const lost = new Set((after.catalogue?.dependencies ?? []).map(edgeKey))
  const found = new Map<string, readonly Op[]>()
  const open = ops.flatMap((op) => disturbed(op, before))
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    for (const { of, on } of edges) {
      const key = refKey(of)
      if (!isWithin(on, ref) || removed.has(key) || removed.has(carrierKey(of)) || found.has(key)) continue
      // What takes another text in place, and with it lets go of this, only has to do so before.
      if (replaced.has(key) && !lost.has(edgeKey({ of, on }))) continue
      const drop = dropOf(of, before)
      if (drop === null) continue
      found.set(key, drop)
      open.push(of)
    }
  }
  return [...found.values()].reverse().flat()
}

/** What goes with its table needs no drop of its own. */
function carrierKey({ namespace, name }: ObjectRef): string {
  return refKey({ kind: 'table', namespace, name, part: null })
}

function edgeKey({ of, on }: { readonly of: ObjectRef; readonly on: ObjectRef }): string {
  return `${refKey(of)}\n${refKey(on)}`
}

function replacedKeys(op: Op): readonly string[] {
  if (op.kind !== 'createView' && op.kind !== 'createFunction') return []
  return op.orReplace ? provided(op).map(refKey) : []
}

/** What an operation makes, a function with its arguments. */
export function provided(op: Op): readonly ObjectRef[] {
  const touched = definitionOf(op).touches(op)
  if (touched === 'unknown') return []
  return op.kind === 'createFunction'
    ? touched.provides.map((ref) => ({ ...ref, part: op.function.arguments }))
    : touched.provides
}

export function removedRefs(op: Op): readonly ObjectRef[] {
  const touched = definitionOf(op).touches(op)
  if (touched === 'unknown') return []
  return op.kind === 'dropFunction' ? touched.removes.map((ref) => ({ ...ref, part: op.arguments })) : touched.removes
}

/** What an operation takes away, or changes so that the engine wants nothing to stand on it. */
export function disturbed(op: Op, before: Schema): ObjectRef[] {
  if (op.kind === 'alterColumn') {
    const isHard = op.set.type !== undefined || op.set.collation !== undefined || op.set.generated !== undefined
    return isHard ? [{ kind: 'column', ...op.table, part: op.column }] : []
  }
  if (op.kind === 'setEnumValues') {
    const old = findEnum(before, op.enumeration)?.values ?? []
    if (isWithinOrder(old, op.enumeration.values)) return []
    const { namespace, name } = op.enumeration
    const columns = op.columns.map(({ table, column }): ObjectRef => ({ kind: 'column', ...table, part: column }))
    return [{ kind: 'enum', namespace, name, part: null }, ...columns]
  }
  return [...removedRefs(op)]
}

/** True where all values stay, in their order, so that others can come between them. */
function isWithinOrder(old: readonly string[], values: readonly string[]): boolean {
  return sameData(
    values.filter((value) => old.includes(value)),
    old,
  )
}

function dropOf(ref: ObjectRef, schema: Schema): readonly Op[] | null {
  const { kind, namespace, name, part } = ref
  const table = { namespace, name }
  switch (kind) {
    case 'view':
      return [{ kind: 'dropView', view: table, ifExists: false }]
    case 'materializedView':
      return [{ kind: 'dropMaterializedView', view: table, ifExists: false }]
    case 'trigger':
      return [{ kind: 'dropTrigger', table, name: part ?? '', ifExists: false }]
    case 'policy':
      return [{ kind: 'dropPolicy', table, name: part ?? '', ifExists: false }]
    case 'index':
      return [{ kind: 'dropIndex', table, name: part ?? '', ifExists: false, concurrently: false }]
    case 'function':
      return functionDrop(ref, schema)
    case 'object':
      return objectDrop(ref, schema)
    case 'constraint':
      return constraintDrop(ref, schema)
    case 'column':
      return columnDrop(ref, schema)
    default:
      return null
  }
}

function functionDrop({ namespace, name, part }: ObjectRef, { objects }: Schema): readonly Op[] | null {
  const made = objects.find(
    (one) => one.kind === 'function' && one.name === name && one.namespace === namespace && one.arguments === part,
  )
  if (made?.kind !== 'function') return null
  const { routine, arguments: given } = made
  return [{ kind: 'dropFunction', function: { namespace, name }, routine, arguments: given, ifExists: false }]
}

function objectDrop({ namespace, name, part }: ObjectRef, schema: Schema): readonly Op[] | null {
  const [type = '', own] = part?.split(' ON ') ?? []
  const of = own === undefined ? null : { namespace, name }
  const object = own === undefined ? { namespace, name } : { namespace, name: own }
  if (findDefined(schema, { type, object, of }) === null) return null
  return [{ kind: 'dropObject', type, object, of, ifExists: false }]
}

function constraintDrop({ namespace, name, part }: ObjectRef, schema: Schema): readonly Op[] | null {
  const table = { namespace, name }
  const own = findTable(schema, table)
  const found = own === null ? undefined : constraintsOf(own).find(({ value }) => value.name === part)
  if (found === undefined || part === null) {
    const domain = findObject(schema, 'domain', table)
    if (domain === null || part === null) return null
    return [{ kind: 'alterDomain', domain: table, set: {}, drop: part, add: null }]
  }
  return [{ kind: 'dropConstraint', table, constraint: { name: part }, type: found.type, ifExists: false }]
}

/** A computed column goes as a whole; of another one it is the default that stands on something. */
function columnDrop({ namespace, name, part }: ObjectRef, schema: Schema): readonly Op[] | null {
  const table = { namespace, name }
  const column = part === null ? null : findColumn(schema, table, part)
  if (column === null || part === null) return null
  if (column.generated !== null) return [{ kind: 'dropColumn', table, column: part, ifExists: false }]
  if (column.default === null) return null
  return [{ kind: 'alterColumn', table, column: part, set: { default: null }, using: null }]
}
