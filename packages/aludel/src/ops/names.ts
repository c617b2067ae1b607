// The names of an operation, held against what its engine could keep as it is.

import { type NameRules, requireName } from '../schema/name-rules.ts'
import { namesIn } from '../schema/object-ref.ts'
import type { Op } from './operations.ts'
import { definitionOf } from './registry.ts'

export function requireNames(op: Op, rules: NameRules): void {
  const touched = definitionOf(op).touches(op)
  if (touched !== 'unknown') {
    for (const refs of [touched.provides, touched.requires, touched.removes]) {
      for (const ref of refs) for (const name of namesIn(ref)) requireName(name, rules)
    }
  }
  if (op.kind === 'createView') for (const column of op.view.columns ?? []) requireName(column, rules)
}
