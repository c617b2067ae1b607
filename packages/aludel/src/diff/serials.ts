// Sequences that a column brings and takes with it, told apart from it where only one of the two goes or changes.

import { sameData } from '../schema/canonical.ts'
import { tableKey } from '../schema/define.ts'
import { findColumn } from '../schema/lookup.ts'
import type { Column, Schema } from '../schema/model.ts'
import type { Sequence } from '../schema/object-model.ts'
import { findObject } from '../schema/objects.ts'

/** Both schemas, with such sequences among their objects: what makes and takes them is then an operation of its own. */
export function withSerialsApart(before: Schema, after: Schema): readonly [Schema, Schema] {
  const apart = new Set<string>()
  for (const sequence of before.catalogue?.serials ?? [])
    if (isApart(sequence, before, after)) apart.add(tableKey(sequence))
  for (const sequence of after.catalogue?.serials ?? [])
    if (isApart(sequence, after, before)) apart.add(tableKey(sequence))
  return [withObjects(before, apart), withObjects(after, apart)]
}

function withObjects(schema: Schema, apart: ReadonlySet<string>): Schema {
  const told = (schema.catalogue?.serials ?? []).filter((sequence) => apart.has(tableKey(sequence)))
  return told.length === 0 ? schema : { ...schema, objects: [...schema.objects, ...told] }
}

/** True where the column is on both sides, and on the other one neither has this sequence nor is numbered otherwise. */
function isApart(sequence: Sequence, own: Schema, other: Schema): boolean {
  const { ownedBy } = sequence
  if (ownedBy === null) return false
  const [column, double] = [own, other].map((schema) => findColumn(schema, ownedBy.table, ownedBy.column))
  if (column == null || double == null || double.identity !== null) return false
  if (findObject(other, 'sequence', sequence) !== null) return true
  return !sameData(numbering(column), numbering(double))
}

function numbering({ type, nullable, default: value }: Column) {
  return { type, nullable, value }
}
