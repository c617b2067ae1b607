// comment: what is said of an object in the database's own catalogue.

import type { Schema } from '../schema/model.ts'
import type { Comment } from '../schema/object-model.ts'
import { type ObjectRef, refKey } from '../schema/object-ref.ts'
import { findObject, replaceObject, withObject, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, touches } from './definition.ts'
import type { Op } from './operations.ts'
import type { Printer } from './printer.ts'

export function findComment(schema: Schema, on: ObjectRef): Comment | null {
  const key = refKey(on)
  return schema.objects.find((one): one is Comment => one.kind === 'comment' && refKey(one.on) === key) ?? null
}

export function commentOf({ on, text }: Comment): Op<'comment'> {
  return { kind: 'comment', on, comment: text }
}

/** What an object of this kind is called in a sentence. */
export function refTitle({ kind, namespace, name, part }: ObjectRef): string {
  const place = namespace === null ? name : `${namespace}.${name}`
  if (part === null) return `${words[kind] ?? kind} "${place}"`
  if (kind === 'function') return `function "${place}(${part})"`
  if (kind !== 'object') return `${words[kind] ?? kind} "${part}" on "${place}"`
  const [type, own] = part.split(' ON ')
  return own === undefined ? `${type} "${place}"` : `${type} "${own}" on "${place}"`
}

const words: Partial<Record<ObjectRef['kind'], string>> = {
  enum: 'type',
  materializedView: 'materialized view',
  compositeType: 'type',
}

/** The words by which a revision names the target. */
function printedTarget({ kind, namespace, name, part }: ObjectRef, printer: Printer): unknown {
  const place = { source: printer.table({ namespace, name }) }
  switch (kind) {
    case 'namespace':
    case 'extension':
      return { [kind]: name }
    case 'enum':
    case 'compositeType':
      return { type: place }
    case 'function':
      return { function: place, ...(part === null ? {} : { arguments: part }) }
    case 'object': {
      const [type, own] = part?.split(' ON ') ?? []
      return own === undefined ? { object: place, type } : { object: own, type, on: place }
    }
    default:
      return part === null ? { [kind]: place } : { [kind]: part, on: place }
  }
}

export const comment: OpDefinition<'comment'> = {
  apply(schema, op) {
    const view = op.on.kind === 'view' ? findObject(schema, 'view', op.on) : null
    if (view !== null) return replaceObject(schema, view, { ...view, comment: op.comment })
    const there = findComment(schema, op.on)
    if (op.comment === null) return withoutObjects(schema, [there])
    const { namespace, name } = op.on
    const made: Comment = { kind: 'comment', namespace, name, on: op.on, text: op.comment }
    return there === null ? withObject(schema, made) : replaceObject(schema, there, made)
  },
  invert(op, before) {
    const view = op.on.kind === 'view' ? findObject(before, 'view', op.on) : null
    return [{ ...op, comment: view === null ? (findComment(before, op.on)?.text ?? null) : view.comment }]
  },
  touches: (op) => touches({ requires: [op.on] }),
  describe: (op) =>
    `${op.comment === null ? 'take the comment of' : 'comment on'} ${refTitle(op.on)}${op.comment === null ? ' away' : ''}`,
  print: (op, printer) =>
    printer.call('comment', [printer.data(printedTarget(op.on, printer)), printer.maybe(op.comment)]),
}
