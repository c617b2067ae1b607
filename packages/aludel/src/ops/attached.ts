// What is said of an object, and who may use it: both go with the object, and follow it to another name.

import type { Schema } from '../schema/model.ts'
import type { Comment, PrivilegeGranted, SchemaObject } from '../schema/object-model.ts'
import { isWithin, type ObjectRef } from '../schema/object-ref.ts'
import { commentOf } from './comments.ts'
import type { Touches } from './definition.ts'
import { privilegeTarget, regrants } from './grants.ts'
import type { Op } from './operations.ts'

type Attached = Comment | PrivilegeGranted

function isAttached(object: SchemaObject): object is Attached {
  return object.kind === 'comment' || object.kind === 'privilege'
}

function targetOf(object: Attached): ObjectRef {
  return object.kind === 'comment' ? object.on : privilegeTarget(object)
}

/** The schema after an operation, without what was attached to that which is gone. */
export function withoutDetached(schema: Schema, op: Op, { provides, removes }: Touches): Schema {
  if (removes.length === 0 || !schema.objects.some(isAttached)) return schema
  const gone = removes.map((ref) => exactly(ref, op))
  const [to, ...others] = provides
  const isRename = to !== undefined && others.length === 0 && gone.length === 1
  const objects = schema.objects.flatMap((object): readonly SchemaObject[] => {
    const from = isAttached(object) ? gone.find((ref) => isWithin(targetOf(object), ref)) : undefined
    if (from === undefined || !isAttached(object)) return [object]
    return isRename ? [moved(object, from, to)] : []
  })
  return { ...schema, objects }
}

/** A function is dropped by its arguments, where they are given; what calls it does not know them. */
function exactly(ref: ObjectRef, op: Op): ObjectRef {
  return op.kind === 'dropFunction' ? { ...ref, part: op.arguments } : ref
}

function moved(object: Attached, from: ObjectRef, to: ObjectRef): Attached {
  const { namespace, name } = to
  if (object.kind === 'privilege') {
    const column = from.kind === 'column' ? to.part : object.column
    return { ...object, namespace, name, column, on: { ...object.on, namespace, name } }
  }
  const part = from.part === null ? object.on.part : to.part
  return { ...object, namespace, name, on: { ...object.on, namespace, name, part } }
}

/** What says again, and grants again, what one schema has and the other has lost. */
export function reattached(before: Schema, after: Schema): readonly Op[] {
  const left = new Set(after.objects)
  const lost = before.objects.filter(isAttached).filter((object) => !left.has(object))
  return [
    ...lost.flatMap((object) => (object.kind === 'comment' ? [commentOf(object)] : [])),
    ...regrants(lost.filter((object) => object.kind === 'privilege')),
  ]
}
