// One list of operations as several that run one after another: each for one table, or for tables that need each other.

import type { Op } from '../../ops/operations.ts'
import type { Schema } from '../../schema/model.ts'
import { circleIn, createGroups, edgesOf, type Groups } from './groups.ts'
import { follows, type Step, stepsOf } from './steps.ts'

/** The groups in an order that runs, each with its operations in theirs. */
export function splitByTable(ops: readonly Op[], before: Schema): readonly (readonly Op[])[] {
  const steps = stepsOf(ops, before)
  const needs = steps.map((step, at) =>
    steps.flatMap((other, earlier) => (earlier < at && follows(step, other) ? [earlier] : [])),
  )
  const groups = createGroups(steps.length)
  joinTables(steps, groups)
  joinOthers(steps, needs, groups)
  joinCircles(needs, groups)
  return inOrder(needs, groups).map((group) => group.map((at) => ops[at] as Op))
}

function joinTables(steps: readonly Step[], groups: Groups): void {
  const first = new Map<string, number>()
  for (const [at, { home }] of steps.entries()) {
    if (home === null) continue
    const known = first.get(home)
    if (known === undefined) first.set(home, at)
    else groups.join(known, at)
  }
}

/** What is about no table goes with the first that needs it, or with the last that it needs. */
function joinOthers(steps: readonly Step[], needs: readonly (readonly number[])[], groups: Groups): void {
  for (const [at, { home }] of steps.entries()) {
    if (home !== null) continue
    const next = needs.findIndex((list, later) => later > at && list.includes(at))
    const last = needs[at]?.at(-1)
    if (next !== -1) groups.join(at, next)
    else if (last !== undefined) groups.join(at, last)
  }
}

/** Groups that need each other become one. */
function joinCircles(needs: readonly (readonly number[])[], groups: Groups): void {
  for (;;) {
    const edges = edgesOf(needs, groups)
    const circle = circleIn(edges)
    if (circle === null) return
    for (const group of circle) groups.join(circle[0] as number, group)
  }
}

/** Each group after what it needs; else in the order in which they begin. */
function inOrder(needs: readonly (readonly number[])[], groups: Groups): readonly (readonly number[])[] {
  const edges = edgesOf(needs, groups)
  const left = [...edges.keys()].sort((a, b) => a - b)
  const done = new Set<number>()
  const ordered: (readonly number[])[] = []
  while (left.length > 0) {
    const at = left.findIndex((group) => [...(edges.get(group) ?? [])].every((need) => done.has(need)))
    const [group = 0] = left.splice(at, 1)
    done.add(group)
    ordered.push(needs.flatMap((_, step) => (groups.of(step) === group ? [step] : [])))
  }
  return ordered
}
