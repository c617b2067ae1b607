// What every operation must answer: what it does, what undoes it, what it touches, how it reads and how it is written.

import type { Schema, TableName } from '../schema/model.ts'
import { type ObjectRef, objectRef } from '../schema/object-ref.ts'
import type { Op, OpKind } from './operations.ts'
import type { Printer } from './printer.ts'

export type { ObjectRef } from '../schema/object-ref.ts'
export { objectRef, partRef, refKey } from '../schema/object-ref.ts'

/** One answer for ordering, lint, repair and merge conflicts. */
export interface Touches {
  readonly requires: readonly ObjectRef[]
  readonly provides: readonly ObjectRef[]
  readonly removes: readonly ObjectRef[]
}

export interface Irreversible {
  /** Why nothing can undo it, as a sentence. */
  readonly irreversible: string
}

export interface OpDefinition<K extends OpKind> {
  /** True where it does what operations do that it holds: what was attached to an object has followed each of them. */
  readonly holdsOthers?: true
  /** What it does, in memory. A table that the schema does not hold is left alone: knowledge may be partial. */
  apply(schema: Schema, op: Op<K>): Schema
  invert(op: Op<K>, before: Schema): readonly Op[] | Irreversible
  touches(op: Op<K>): Touches | 'unknown'
  describe(op: Op<K>): string
  print(op: Op<K>, printer: Printer): string
}

export function isIrreversible(answer: readonly unknown[] | Irreversible): answer is Irreversible {
  return 'irreversible' in answer
}

export function tableRef(name: TableName): ObjectRef {
  return objectRef('table', name)
}

export function enumRef(name: TableName): ObjectRef {
  return objectRef('enum', name)
}

export function touches(answer: Partial<Touches>): Touches {
  return { requires: answer.requires ?? [], provides: answer.provides ?? [], removes: answer.removes ?? [] }
}
