// Comments and privileges of what is there on both sides once everything else has been done.

import { refTitle } from '../ops/comments.ts'
import { regrants, revocations, takings } from '../ops/grants.ts'
import type { Op } from '../ops/operations.ts'
import { compareText, sameData } from '../schema/canonical.ts'
import type { Schema } from '../schema/model.ts'
import type { Comment, PrivilegeGranted } from '../schema/object-model.ts'
import { refKey } from '../schema/object-ref.ts'

/** `reached` is what the other operations have led to. */
export function attachedChanges(reached: Schema, after: Schema): readonly Op[] {
  return [...commentChanges(reached, after), ...privilegeChanges(reached, after)]
}

function commentsOf({ objects }: Schema): ReadonlyMap<string, Comment> {
  return new Map(objects.flatMap((one) => (one.kind === 'comment' ? [[refKey(one.on), one]] : [])))
}

function commentChanges(reached: Schema, after: Schema): readonly Op[] {
  const [was, is] = [commentsOf(reached), commentsOf(after)]
  const gone = [...was]
    .filter(([key]) => !is.has(key))
    .map(([, { on }]): Op => ({ kind: 'comment', on, comment: null }))
  const come = [...is]
    .filter(([key, { text }]) => was.get(key)?.text !== text)
    .map(([, { on, text }]): Op<'comment'> => ({ kind: 'comment', on, comment: text }))
    .sort((a, b) => compareText(refTitle(a.on), refTitle(b.on)))
  return [...gone, ...come]
}

function privilegeChanges(reached: Schema, after: Schema): readonly Op[] {
  const of = ({ objects }: Schema) => objects.filter((one): one is PrivilegeGranted => one.kind === 'privilege')
  const [was, is] = [of(reached), of(after)]
  const like = (one: PrivilegeGranted, list: readonly PrivilegeGranted[]) =>
    list.find((other) => sameData({ ...other, grantOption: false }, { ...one, grantOption: false }))
  const gone = was.filter((one) => like(one, is) === undefined)
  const come = is.filter((one) => like(one, was) === undefined)
  const more = is.filter((one) => one.grantOption && like(one, was)?.grantOption === false)
  const less = is.filter((one) => !one.grantOption && like(one, was)?.grantOption === true)
  // What is taken from a whole table is taken from its columns as well, so those are given again.
  const whole = gone.filter(({ column }) => column === null)
  const again = is.filter(
    (one) =>
      one.column !== null &&
      like(one, was) !== undefined &&
      whole.some(({ on, to, privilege }) => to === one.to && privilege === one.privilege && sameData(on, one.on)),
  )
  return [
    ...revocations(gone),
    ...takings(less).map((op): Op<'revoke'> => ({ ...op, grantOption: 'only' })),
    ...regrants([...come, ...more, ...again]),
  ]
}
