// What a database holds beside tables, and what the engine tells of how it may be changed.

import { compareText } from '../../../schema/canonical.ts'
import { type Catalogue, type Dependency, emptyCatalogue } from '../../../schema/catalogue.ts'
import type { SchemaObject } from '../../../schema/object-model.ts'
import { partRef, refKey, refOf } from '../../../schema/object-ref.ts'
import type { UnmodelledObject } from '../../../schema/unmodelled.ts'
import { withoutDatabase } from '../own-database.ts'
import { type Asker, eventOf, following, routineOf, sequenceOf, type Timed, triggerOf, viewOf } from './programs.ts'
import type { Shown, ShownKind } from './shown.ts'

export interface Objects {
  readonly objects: readonly SchemaObject[]
  readonly catalogue: Catalogue
}

export interface Circumstances extends Asker {
  readonly database: string
  /** Events that began with their making. */
  readonly started: ReadonlySet<string>
}

export function objectsOf(shown: readonly Shown[], circumstances: Circumstances): Objects {
  const found = <T>(kind: ShownKind, read: (name: string, text: string) => T): readonly T[] =>
    shown.flatMap((one) =>
      one.kind === kind && one.text !== null ? [read(one.name, withoutDatabase(one.text, circumstances.database))] : [],
    )
  const timed = found('trigger', (name, text) => triggerOf(name, text, circumstances)).filter((one) => one !== null)
  const { triggers, dependencies } = inTheirOrder(timed)
  const objects: readonly SchemaObject[] = [
    ...found('sequence', sequenceOf),
    ...found('function', (name, text) => routineOf(name, text, 'function', circumstances)),
    ...found('procedure', (name, text) => routineOf(name, text, 'procedure', circumstances)),
    ...found('view', (name, text) => viewOf(name, text, circumstances)),
    ...triggers,
    ...found('event', (name, text) => eventOf(name, text, circumstances.started.has(name), circumstances)),
  ]
  return {
    objects,
    catalogue: { ...emptyCatalogue, dependencies, shapes: shapesOf(objects), unmodelled: hidden(shown) },
  }
}

/** Nothing stands on the columns of a view or the arguments of a routine here: each may take another's place. */
function shapesOf(objects: readonly SchemaObject[]): Catalogue['shapes'] {
  return Object.fromEntries(
    objects.flatMap((object) => {
      const ref = object.kind === 'view' || object.kind === 'function' ? refOf(object) : null
      return ref === null ? [] : [[refKey(ref), []]]
    }),
  )
}

/** Of triggers that run at the same time each but the first says which one it follows, and goes when that one goes. */
function inTheirOrder(timed: readonly Timed[]): {
  readonly triggers: readonly Timed['trigger'][]
  readonly dependencies: readonly Dependency[]
} {
  const last = new Map<string, Timed['trigger']>()
  const dependencies: Dependency[] = []
  const triggers = timed.map(({ trigger, time }) => {
    const first = last.get(time)
    last.set(time, trigger)
    if (first === undefined) return trigger
    const [of, on] = [trigger, first].map((one) => partRef('trigger', one.table, one.name))
    if (of !== undefined && on !== undefined) dependencies.push({ of, on })
    return following(trigger, first)
  })
  return { triggers, dependencies }
}

/** What is there and may not be seen cannot be compared. */
function hidden(shown: readonly Shown[]): readonly UnmodelledObject[] {
  return shown
    .filter(({ text }) => text === null)
    .map(({ kind, name }): UnmodelledObject => ({ kind: `${kind} of another user`, name, says: null }))
    .sort((a, b) => compareText(a.name, b.name))
}
