// How an operation that holds others speaks of them: handed in by the registry, so that no file needs itself.

import type { Schema } from '../schema/model.ts'
import { type Irreversible, type ObjectRef, refKey, type Touches } from './definition.ts'
import type { Op } from './operations.ts'
import type { Printer } from './printer.ts'

export interface Nested {
  applyAll(schema: Schema, ops: readonly Op[]): Schema
  invertAll(ops: readonly Op[], before: Schema): readonly Op[] | Irreversible
  touches(op: Op): Touches | 'unknown'
  describe(op: Op): string
  print(op: Op, printer: Printer): string
}

/** What several operations touch together; what an earlier one provides, a later one need not find. */
export function touchesOf(ops: readonly Op[], nested: Nested): Touches | 'unknown' {
  const made = new Set<string>()
  const requires: ObjectRef[] = []
  const provides: ObjectRef[] = []
  const removes: ObjectRef[] = []
  for (const op of ops) {
    const answer = nested.touches(op)
    if (answer === 'unknown') return 'unknown'
    requires.push(...answer.requires.filter((ref) => !made.has(refKey(ref))))
    provides.push(...answer.provides)
    removes.push(...answer.removes)
    for (const ref of answer.provides) made.add(refKey(ref))
  }
  return { requires, provides, removes }
}
