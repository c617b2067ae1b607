// What undoes a difference between two schemas that are both known, so that what stands in the way steps aside there too.

import { type Irreversible, isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll, invertAll } from '../ops/registry.ts'
import { sameName } from '../schema/lookup.ts'
import type { Schema } from '../schema/model.ts'
import { findFunctions } from '../schema/objects.ts'
import { asideOps } from './aside.ts'
import { diff } from './diff.ts'
import { isReplaceable } from './objects.ts'
import { inOrder } from './sequence.ts'

/** `after` is what the operations make of `before`; what their inversion does not bring back by itself is compared once more. */
export function wayBack(there: readonly Op[], before: Schema, after: Schema): readonly Op[] | Irreversible {
  const back = invertAll(there, before)
  if (isIrreversible(back)) return { irreversible: back.irreversible }
  const ops = inPlace(back, after, before)
  const aside = asideOps(after, before, ops)
  if (ops === back && aside.length === 0) return back
  const whole = [...aside, ...ops]
  const rest = aside.length === 0 ? [] : diff(applyAll(after, whole), before)
  return inOrder([...whole, ...rest], after, before)
}

/** A view or function takes the place of its follower where the engine lets it, and only there. */
function inPlace(back: readonly Op[], from: Schema, to: Schema): readonly Op[] {
  const ops = back.flatMap((op, at): readonly Op[] => {
    const [last, next] = [back[at - 1], back[at + 1]]
    if (op.kind === 'dropView' && next?.kind === 'createView' && canTake(op, next, from, to)) return []
    if (op.kind === 'createView' && last?.kind === 'dropView' && canTake(last, op, from, to)) {
      return [{ ...op, orReplace: true }]
    }
    return op.kind === 'createFunction' && op.orReplace ? replacement(op, from, to) : [op]
  })
  return ops.length === back.length && ops.every((op, at) => op === back[at]) ? back : ops
}

function canTake({ view }: Op<'dropView'>, make: Op<'createView'>, from: Schema, to: Schema): boolean {
  return sameName(view, make.view) && isReplaceable({ old: make.view, wanted: make.view, before: from, after: to })
}

function replacement(op: Op<'createFunction'>, from: Schema, to: Schema): readonly Op[] {
  const { function: made } = op
  const { namespace, name, routine, arguments: given } = made
  const there = findFunctions(from, made, given).find((one) => one.arguments === given)
  if (there === undefined || from.catalogue === null || to.catalogue === null) return [op]
  if (isReplaceable({ old: there, wanted: made, before: from, after: to })) return [op]
  return [
    { kind: 'dropFunction', function: { namespace, name }, routine, arguments: given, ifExists: false },
    { ...op, orReplace: false },
  ]
}
