// How an operation that holds others speaks of them: handed in by the registry, so that no file needs itself.

import type { Schema } from '../schema/model.ts'
import type { Irreversible, Touches } from './definition.ts'
import type { Op } from './operations.ts'

export interface Nested {
  applyAll(schema: Schema, ops: readonly Op[]): Schema
  invertAll(ops: readonly Op[], before: Schema): readonly Op[] | Irreversible
  touches(op: Op): Touches | 'unknown'
  describe(op: Op): string
}
