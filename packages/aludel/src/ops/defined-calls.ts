// The calls for composite types, for what is known by its whole text, and for what is said of objects.

import type { AnyColumn } from '../schema/column.ts'
import { tableName } from '../schema/keys.ts'
import type { Attribute } from '../schema/object-model.ts'
import { definedRef, type ObjectRef, objectRef, partRef } from '../schema/object-ref.ts'
import { toEngineSql } from '../schema/objects.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'
import type { CommentTarget } from './surface-options.ts'

type CompositeCall = 'createCompositeType' | 'alterCompositeType' | 'dropCompositeType'
type DefinedCall = 'createObject' | 'dropObject' | 'comment'

export function definedCalls({ keep }: Calls): Pick<Operations, CompositeCall | DefinedCall> {
  return {
    createCompositeType: (at, given) =>
      keep({
        kind: 'createCompositeType',
        type: { kind: 'compositeType', ...tableName(at), attributes: attributes(given) },
      }),
    alterCompositeType: (at, { drop = [], alter, add }) =>
      keep({
        kind: 'alterCompositeType',
        type: tableName(at),
        drop: [...drop],
        alter: attributes(alter),
        add: attributes(add),
      }),
    dropCompositeType: (at, options) =>
      keep({ kind: 'dropCompositeType', type: tableName(at), ifExists: options?.ifExists ?? false }),
    createObject: (type, at, text, { on } = {}) => {
      const table = on === undefined ? null : tableName(on)
      const object = { kind: 'defined' as const, type: type.toLowerCase(), ...tableName(at), table }
      keep({ kind: 'createObject', object: { ...object, text: toEngineSql(text) } })
    },
    dropObject: (type, at, { on, ifExists = false } = {}) =>
      keep({
        kind: 'dropObject',
        type: type.toLowerCase(),
        object: tableName(at),
        of: on === undefined ? null : tableName(on),
        ifExists,
      }),
    comment: (target, text) => keep({ kind: 'comment', on: targetOf(target), comment: text }),
  }
}

function attributes(given: Readonly<Record<string, AnyColumn>> = {}): readonly Attribute[] {
  return Object.entries(given).map(([key, { spec }]) => {
    return { name: spec.column.name || key, type: spec.column.type, collation: spec.column.collation }
  })
}

function targetOf(target: CommentTarget): ObjectRef {
  if ('object' in target) {
    return definedRef(target.type, tableName(target.object), target.on === undefined ? null : tableName(target.on))
  }
  if ('function' in target)
    return { ...objectRef('function', tableName(target.function)), part: target.arguments ?? null }
  if ('namespace' in target) return { kind: 'namespace', namespace: null, name: target.namespace, part: null }
  if ('extension' in target) return { kind: 'extension', namespace: null, name: target.extension, part: null }
  if ('index' in target) return partRef('index', tableName(target.on), target.index)
  if ('constraint' in target) return partRef('constraint', tableName(target.on), target.constraint)
  if ('trigger' in target) return partRef('trigger', tableName(target.on), target.trigger)
  if ('policy' in target) return partRef('policy', tableName(target.on), target.policy)
  if ('type' in target) return objectRef('enum', tableName(target.type))
  if ('view' in target) return objectRef('view', tableName(target.view))
  if ('materializedView' in target) return objectRef('materializedView', tableName(target.materializedView))
  if ('sequence' in target) return objectRef('sequence', tableName(target.sequence))
  return objectRef('domain', tableName(target.domain))
}
