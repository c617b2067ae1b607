// What changes beside the tables: for each kind what is made, what takes another's place, and what goes.

import type { Op } from '../ops/operations.ts'
import { owned, unowned } from '../ops/sequences.ts'
import { sameData } from '../schema/canonical.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { SchemaObject, StoredFunction, View } from '../schema/object-model.ts'
import { objectKey, objectRef, refKey, refOf } from '../schema/object-ref.ts'
import { domainChange, policyChange, sequenceChange, typeChange } from './object-changes.ts'

type Kind = SchemaObject['kind']
type ObjectOf<K extends Kind> = Extract<SchemaObject, { readonly kind: K }>

/** A pair of states of one object, and the schemas that they are in. */
export interface Change<K extends Kind> {
  readonly old: ObjectOf<K>
  readonly wanted: ObjectOf<K>
  readonly before: Schema
  readonly after: Schema
}

interface Rules<K extends Kind> {
  create(object: ObjectOf<K>): readonly Op[]
  drop(object: ObjectOf<K>): readonly Op[]
  /** What leads from one to the other in place; null where it must be dropped and made again. */
  change(change: Change<K>): readonly Op[] | null
}

const place = ({ namespace, name }: TableName): TableName => ({ namespace, name })
const anew = () => null
const nothing = () => []
const none = { create: nothing, drop: nothing, change: nothing }

export const rules: { readonly [K in Kind]: Rules<K> } = {
  view: {
    create: (view) => [{ kind: 'createView', view, orReplace: false }],
    drop: (view) => [{ kind: 'dropView', view: place(view), ifExists: false }],
    change: viewChange,
  },
  materializedView: {
    create: (view) => [
      { kind: 'createMaterializedView', view: { ...view, indexes: [] }, ifNotExists: false },
      ...view.indexes.map((index): Op => ({ kind: 'createIndex', table: place(view), index, ifNotExists: false })),
    ],
    drop: (view) => [{ kind: 'dropMaterializedView', view: place(view), ifExists: false }],
    change: ({ old, wanted }) =>
      sameData(
        { ...old, indexes: [], withData: true, dependsOn: [] },
        { ...wanted, indexes: [], withData: true, dependsOn: [] },
      )
        ? indexChanges(old, wanted)
        : null,
  },
  sequence: {
    create: (sequence) => (sequence.ownedBy === null ? [unowned(sequence)] : [unowned(sequence), owned(sequence)]),
    drop: (sequence) => [{ kind: 'dropSequence', sequence: place(sequence), ifExists: false }],
    change: sequenceChange,
  },
  function: {
    create: (made) => [{ kind: 'createFunction', function: made, orReplace: false }],
    drop: (made) => [dropOf(made)],
    change: (change) =>
      isReplaceable(change) && change.old.routine === change.wanted.routine
        ? [{ kind: 'createFunction', function: change.wanted, orReplace: true }]
        : null,
  },
  trigger: {
    create: (trigger) => [{ kind: 'createTrigger', trigger }],
    drop: ({ table, name }) => [{ kind: 'dropTrigger', table, name, ifExists: false }],
    change: anew,
  },
  extension: {
    create: (extension) => [{ kind: 'createExtension', extension, ifNotExists: false }],
    drop: ({ name }) => [{ kind: 'dropExtension', name, ifExists: false }],
    change: anew,
  },
  domain: {
    create: (domain) => [{ kind: 'createDomain', domain }],
    drop: (domain) => [{ kind: 'dropDomain', domain: place(domain), ifExists: false }],
    change: domainChange,
  },
  compositeType: {
    create: (type) => [{ kind: 'createCompositeType', type }],
    drop: (type) => [{ kind: 'dropCompositeType', type: place(type), ifExists: false }],
    change: typeChange,
  },
  rowSecurity: {
    create: ({ table, force }) => [{ kind: 'enableRowSecurity', table, force }],
    drop: ({ table }) => [{ kind: 'disableRowSecurity', table }],
    change: ({ wanted: { table, force } }) => [{ kind: 'enableRowSecurity', table, force }],
  },
  policy: {
    create: (policy) => [{ kind: 'createPolicy', policy }],
    drop: ({ table, name }) => [{ kind: 'dropPolicy', table, name, ifExists: false }],
    change: policyChange,
  },
  partition: {
    create: ({ namespace, name, parent, bounds, table, partitionBy }) =>
      table === null
        ? [{ kind: 'createPartition', partition: { namespace, name }, parent, bounds, partitionBy, ifNotExists: false }]
        : [
            { kind: 'createTable', table, ifNotExists: false },
            { kind: 'attachPartition', partition: { namespace, name }, parent, bounds, partitionBy: null },
          ],
    drop: (partition) => [{ kind: 'dropTable', table: place(partition), ifExists: false }],
    change: ({ old, wanted }) =>
      sameData(old.partitionBy, wanted.partitionBy)
        ? [
            { kind: 'detachPartition', partition: place(old), parent: old.parent, concurrently: false },
            {
              kind: 'attachPartition',
              partition: place(old),
              parent: wanted.parent,
              bounds: wanted.bounds,
              partitionBy: wanted.partitionBy,
            },
          ]
        : null,
  },
  defined: {
    create: (object) => [{ kind: 'createObject', object }],
    drop: ({ type, namespace, name, table }) => [
      { kind: 'dropObject', type, object: { namespace, name }, of: table, ifExists: false },
    ],
    change: anew,
  },
  // What is said of objects is compared by itself; archives are nobody's but the runner's.
  comment: none,
  privilege: none,
  archive: none,
}

function viewChange(change: Change<'view'>): readonly Op[] | null {
  const { old, wanted } = change
  if (sameData({ ...old, comment: null, dependsOn: [] }, { ...wanted, comment: null, dependsOn: [] })) {
    return [{ kind: 'comment', on: objectRef('view', wanted), comment: wanted.comment }]
  }
  return isReplaceable(change) ? [{ kind: 'createView', view: wanted, orReplace: true }] : null
}

function dropOf({ namespace, name, routine, arguments: given }: StoredFunction): Op<'dropFunction'> {
  return { kind: 'dropFunction', function: { namespace, name }, routine, arguments: given, ifExists: false }
}

/** True where the engine told both shapes, and the new one begins as the old one is. */
export function isReplaceable({ old, wanted, before, after }: Change<'view'> | Change<'function'>): boolean {
  const shape = (schema: Schema, object: View | StoredFunction) => {
    const ref = refOf(object)
    return ref === null ? undefined : schema.catalogue?.shapes[refKey(ref)]
  }
  const [was, is] = [shape(before, old), shape(after, wanted)]
  return was !== undefined && is !== undefined && was.every((part, at) => is[at] === part)
}

function indexChanges(old: ObjectOf<'materializedView'>, wanted: ObjectOf<'materializedView'>): readonly Op[] {
  const table = place(wanted)
  const isIn = (list: typeof old.indexes) => (index: (typeof list)[number]) => list.some((one) => sameData(one, index))
  return [
    ...old.indexes
      .filter((index) => !isIn(wanted.indexes)(index))
      .map(({ name }): Op => ({ kind: 'dropIndex', table, name, ifExists: false, concurrently: false })),
    ...wanted.indexes
      .filter((index) => !isIn(old.indexes)(index))
      .map((index): Op => ({ kind: 'createIndex', table, index, ifNotExists: false })),
  ]
}

export interface ObjectChanges {
  readonly drops: readonly Op[]
  readonly changes: readonly Op[]
  readonly creations: readonly Op[]
}

/** `before` is what is left once the tables have changed: what went with a table is gone. */
export function objectChanges(before: Schema, after: Schema): ObjectChanges {
  const was = new Map(before.objects.map((object) => [objectKey(object), object]))
  const is = new Map(after.objects.map((object) => [objectKey(object), object]))
  const drops: Op[] = []
  const changes: Op[] = []
  const creations: Op[] = []
  for (const [key, old] of was) if (!is.has(key)) drops.unshift(...ruleOf(old).drop(old))
  for (const [key, wanted] of is) {
    const old = was.get(key)
    if (old === undefined) creations.push(...ruleOf(wanted).create(wanted))
    else if (!isSame(old, wanted)) {
      const inPlace = ruleOf(wanted).change({ old, wanted, before, after } as never)
      if (inPlace !== null) changes.push(...inPlace)
      else {
        drops.unshift(...ruleOf(old).drop(old))
        creations.push(...ruleOf(wanted).create(wanted))
      }
    }
  }
  return { drops, changes, creations }
}

function ruleOf<K extends Kind>(object: ObjectOf<K>): Rules<K> {
  return rules[object.kind] as unknown as Rules<K>
}

/** What an object was said to stand on is how it was declared, not what it is. */
function isSame(old: SchemaObject, wanted: SchemaObject): boolean {
  const plain = (object: SchemaObject) => {
    if (object.kind === 'materializedView') {
      const indexes = [...object.indexes].sort((a, b) => (a.name < b.name ? -1 : 1))
      return { ...object, indexes, withData: true, dependsOn: [] }
    }
    return 'dependsOn' in object ? { ...object, dependsOn: [] } : object
  }
  return sameData(plain(old), plain(wanted))
}
