// Operations as lines that a person reads: what comes, what goes, what changes.

import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import type { Style } from './style.ts'

export function describeOps(ops: readonly Op[], style: Style): readonly string[] {
  return ops.map((op) => `  ${signOf(op, style)} ${definitionOf(op).describe(op)}`)
}

function signOf(op: Op, style: Style): string {
  if (op.kind.startsWith('drop')) return style.red('-')
  return op.kind.startsWith('create') || op.kind === 'addColumn' ? style.green('+') : style.yellow('~')
}
