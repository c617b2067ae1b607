// What every operation must answer: what it does, what undoes it, what it touches, how it reads and how it is written.

import type { Schema, TableName } from '../schema/model.ts'
import type { Op, OpKind } from './operations.ts'
import type { Printer } from './printer.ts'

export interface ObjectRef {
  readonly kind:
    | 'table'
    | 'column'
    | 'index'
    | 'constraint'
    | 'enum'
    | 'namespace'
    | 'view'
    | 'materializedView'
    | 'sequence'
    | 'function'
    | 'trigger'
    | 'extension'
    | 'domain'
    | 'policy'
  readonly namespace: string | null
  /** The object's name; of a column, index, constraint, trigger or policy the table's. */
  readonly name: string
  /** The column, index, constraint, trigger or policy itself. */
  readonly part: string | null
}

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

export function partRef(
  kind: 'column' | 'index' | 'constraint',
  { namespace, name }: TableName,
  part: string,
): ObjectRef {
  return { kind, namespace, name, part }
}

/** What stands in a namespace by itself. */
export function objectRef(
  kind: 'table' | 'enum' | 'view' | 'materializedView' | 'sequence' | 'function' | 'domain',
  { namespace, name }: TableName,
): ObjectRef {
  return { kind, namespace, name, part: null }
}

export function enumRef(name: TableName): ObjectRef {
  return objectRef('enum', name)
}

export function touches(answer: Partial<Touches>): Touches {
  return { requires: answer.requires ?? [], provides: answer.provides ?? [], removes: answer.removes ?? [] }
}

/** One text for an object, to look it up. */
export function refKey({ kind, namespace, name, part }: ObjectRef): string {
  return [kind, namespace ?? '', name, part ?? ''].join('\0')
}
