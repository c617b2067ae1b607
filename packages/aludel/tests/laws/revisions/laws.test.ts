// What every plan on every graph is: a set difference, in an order that honours the graph, moving the rows with it.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAludelError } from '../../../src/errors.ts'
import { newestFirst } from '../../../src/revisions/algorithms/order.ts'
import type { RevisionGraph } from '../../../src/revisions/graph.ts'
import { buildGraph } from '../../../src/revisions/graph.ts'
import { history } from '../../../src/revisions/history.ts'
import { type GraphNode, reach } from '../../../src/revisions/node.ts'
import { planDowngrade, planUpgrade } from '../../../src/revisions/plan.ts'
import { followers, nodesOf, realHeads } from '../../../src/revisions/relations.ts'
import type { RevisionInput } from '../../../src/revisions/revision.ts'
import { rowChanges, rowsAfter } from '../../../src/revisions/rows.ts'
import { planStamp } from '../../../src/revisions/stamp.ts'
import { resolve } from '../../../src/revisions/target.ts'
import { partlyApplied, required, revisions, rowsOf } from './graphs.ts'

const idsOf = (plan: ReturnType<typeof planUpgrade>) => plan.steps.map((step) => step.revision.id)

test('random graphs without problems have none', () => {
  fc.assert(
    fc.property(revisions, (inputs) => {
      expect(buildGraph(inputs).problems).toEqual([])
    }),
  )
})

test('an upgrade is what the targets require, without what is applied', () => {
  fc.assert(
    fc.property(partlyApplied, fc.nat(), ({ inputs, picks }, pick) => {
      const graph = buildGraph(inputs)
      const target = inputs[pick % inputs.length]?.id ?? ''
      const applied = required(graph, picks)
      const plan = planUpgrade(graph, { current: rowsOf(graph, applied), target })
      const wanted = [...required(graph, [target])].filter((id) => !applied.has(id))
      expect(idsOf(plan).toSorted()).toEqual(wanted.toSorted())
    }),
  )
})

test('a downgrade is what is applied and requires something above the target', () => {
  fc.assert(
    fc.property(partlyApplied, fc.nat(), ({ inputs, picks }, pick) => {
      const graph = buildGraph(inputs)
      const applied = required(graph, picks)
      const target = [...applied].toSorted()[pick % applied.size] ?? null
      const roots = inputs.filter(({ downRevisions }) =>
        target === null ? downRevisions.length === 0 : downRevisions.includes(target),
      )
      const dropped = [...applied].filter((id) => roots.some((root) => required(graph, [id]).has(root.id)))
      fc.pre(dropped.length > 0)
      const plan = planDowngrade(graph, { current: rowsOf(graph, applied), target })
      expect(idsOf(plan).toSorted()).toEqual(dropped.toSorted())
    }),
  )
})

test('each step comes after what it requires on the way up, and before it on the way down', () => {
  fc.assert(
    fc.property(revisions, (inputs) => {
      const graph = buildGraph(inputs)
      const up = idsOf(planUpgrade(graph, { current: [], target: 'heads' }))
      const down = idsOf(planDowngrade(graph, { current: realHeads(graph), target: 'base' }))
      for (const order of [up, down.toReversed(), history(graph).toReversed()]) {
        expect(order.toSorted()).toEqual([...graph.revisions.keys()].toSorted())
        const places = new Map(order.map((id, place) => [id, place]))
        for (const { id, downRevisions, dependsOn } of inputs) {
          for (const below of [...downRevisions, ...dependsOn]) {
            expect(places.get(below)).toBeLessThan(places.get(id) ?? -1)
          }
        }
      }
    }),
  )
})

test('the rows after each step are the applied revisions that nothing applied requires', () => {
  fc.assert(
    fc.property(partlyApplied, ({ inputs, picks }) => {
      const graph = buildGraph(inputs)
      const applied = required(graph, picks)
      const current = rowsOf(graph, applied)
      for (const plan of [
        planUpgrade(graph, { current, target: 'heads' }),
        planDowngrade(graph, { current, target: 'base' }),
      ]) {
        let rows: readonly string[] = current
        const there = new Set(applied)
        const changes = rowChanges(graph, current, plan.steps)
        for (const [index, step] of plan.steps.entries()) {
          if (step.direction === 'upgrade') there.add(step.revision.id)
          else there.delete(step.revision.id)
          const change = changes[index]
          if (change === undefined) throw new Error('A step has no change.')
          for (const gone of [...change.deleted, ...(change.updated === null ? [] : [change.updated.from])]) {
            expect(rows).toContain(gone)
          }
          rows = rowsAfter(rows, change)
          expect(rows.toSorted()).toEqual(rowsOf(graph, there))
        }
        expect(rows.toSorted()).toEqual(plan.heads)
      }
    }),
  )
})

test('an upgrade to the heads ends at the heads, and a downgrade to the base leaves no rows', () => {
  fc.assert(
    fc.property(revisions, (inputs) => {
      const graph = buildGraph(inputs)
      const { heads } = planUpgrade(graph, { current: [], target: 'heads' })
      expect(heads).toEqual(realHeads(graph).toSorted())
      expect(planDowngrade(graph, { current: heads, target: 'base' }).heads).toEqual([])
    }),
  )
})

test('up from anywhere and down again leaves what was there, when nothing was', () => {
  fc.assert(
    fc.property(revisions, fc.nat(), (inputs, pick) => {
      const graph = buildGraph(inputs)
      const target = inputs[pick % inputs.length]?.id ?? ''
      const up = planUpgrade(graph, { current: [], target })
      const down = planDowngrade(graph, { current: up.heads, target: 'base' })
      expect(idsOf(down).toSorted()).toEqual(idsOf(up).toSorted())
      expect(down.heads).toEqual([])
      expect(planUpgrade(graph, { current: down.heads, target })).toEqual(up)
    }),
  )
})

test('a step down from where an upgrade ended is undone by the same upgrade', () => {
  fc.assert(
    fc.property(revisions, fc.nat(), (inputs, pick) => {
      const graph = buildGraph(inputs)
      const { heads } = planUpgrade(graph, { current: [], target: 'heads' })
      const reachable = inputs.filter(({ id }) => heads.includes(id) || followers(graph, id).length > 0)
      const target = reachable[pick % reachable.length]?.id ?? ''
      const down = planDowngrade(graph, { current: heads, target })
      const again = planUpgrade(graph, { current: down.heads, target: 'heads' })
      expect(idsOf(again).toSorted()).toEqual(idsOf(down).toSorted())
      expect(again.heads).toEqual(heads)
    }),
  )
})

test('a redundant parent changes neither which steps a plan has nor where it ends', () => {
  fc.assert(
    fc.property(partlyApplied, fc.nat(), ({ inputs, picks }, pick) => {
      const full = buildGraph(inputs)
      const reduced = buildGraph(inputs.map((input) => withoutRedundant(full, input)))
      const current = rowsOf(full, required(full, picks))
      for (const target of [inputs[pick % inputs.length]?.id ?? '', 'heads', 'base', null]) {
        for (const plan of [planUpgrade, planDowngrade]) {
          expect(outcome(() => plan(full, { current, target }))).toEqual(
            outcome(() => plan(reduced, { current, target })),
          )
        }
      }
    }),
  )
})

test('steps down from several rows count from the first', () => {
  fc.assert(
    fc.property(partlyApplied, ({ inputs, picks }) => {
      const graph = buildGraph(inputs)
      const current = rowsOf(graph, required(graph, picks))
      const [first] = current
      fc.pre(first !== undefined && current.length > 1)
      const counted = outcome(() => planDowngrade(graph, { current, target: '-1' }))
      expect(counted).toEqual(outcome(() => planDowngrade(graph, { current, target: `${first}@${first}-1` })))
    }),
  )
})

test('a stamp to a list of targets ends where an upgrade to the heads does', () => {
  fc.assert(
    fc.property(partlyApplied, ({ inputs, picks }) => {
      const graph = buildGraph(inputs)
      const current = rowsOf(graph, required(graph, picks))
      const plan = planStamp(graph, { current, target: ['heads'] })
      expect(plan.heads).toEqual(realHeads(graph).toSorted())
      expect(planStamp(graph, { current, target: 'base' }).heads).toEqual([])
    }),
  )
})

test('another load order changes the order of steps at most, and the same one nothing', () => {
  fc.assert(
    fc.property(partlyApplied, fc.infiniteStream(fc.nat()), ({ inputs, picks }, numbers) => {
      const plan = (list: typeof inputs) => {
        const graph = buildGraph(list)
        return planUpgrade(graph, { current: rowsOf(graph, required(graph, picks)), target: 'heads' })
      }
      const keyed = inputs.map((input) => ({ input, key: numbers.next().value ?? 0 }))
      const shuffled = keyed.toSorted((one, other) => one.key - other.key).map(({ input }) => input)
      expect(plan(inputs)).toEqual(plan(inputs))
      expect(idsOf(plan(shuffled)).toSorted()).toEqual(idsOf(plan(inputs)).toSorted())
      expect(plan(shuffled).heads).toEqual(plan(inputs).heads)
    }),
  )
})

test('the order is that of the plain algorithm, which looks through all lanes at every step', () => {
  fc.assert(
    fc.property(revisions, (inputs) => {
      const { nodes, network } = buildGraph(inputs)
      const tops = nodes.filter((node) => node.above.length === 0)
      const starts = tops.map(({ place }) => place)
      const order = Array.from(newestFirst(network, null, starts))
      expect(order).toEqual(plainOrder(nodes, tops).map(({ place }) => place))
    }),
    { numRuns: 1000 },
  )
})

test('every revision is found by its identifier, by its place below the heads, and by its branch', () => {
  fc.assert(
    fc.property(revisions, (inputs) => {
      const graph = buildGraph(inputs)
      for (const { id } of inputs) {
        expect(resolve(graph, id)).toEqual([id])
        expect(resolve(graph, `${id}@${id}`)).toEqual([id])
        expect(resolve(graph, `${id}+0`)).toEqual([id])
      }
    }),
  )
})

/** Which steps in any order, and the rows afterwards; or the code of the refusal. */
function outcome(plan: () => ReturnType<typeof planUpgrade>): unknown {
  try {
    const { steps, heads } = plan()
    return { steps: steps.map((step) => step.revision.id).sort(), heads }
  } catch (error) {
    if (isAludelError(error)) return error.code
    throw error
  }
}

/**
 * A revision without the parents that another of its parents descends from, and without the dependencies that any other
 * name requires. A parent that another one only depends on says whose line this is.
 */
function withoutRedundant(graph: RevisionGraph, input: RevisionInput): RevisionInput {
  const under = (ids: readonly string[], below: (node: GraphNode) => readonly GraphNode[]) => {
    return new Set([...reach(nodesOf(graph, ids).flatMap(below), below)].map(({ revision }) => revision.id))
  }
  const contained = under(input.downRevisions, (node) => node.parents)
  const needed = under([...input.downRevisions, ...input.dependsOn], (node) => node.requires)
  return {
    ...input,
    downRevisions: input.downRevisions.filter((id) => !contained.has(id)),
    dependsOn: input.dependsOn.filter((id) => !needed.has(id)),
  }
}

function plainOrder(nodes: readonly GraphNode[], tops: readonly GraphNode[]): readonly GraphNode[] {
  const todo = new Set(nodes)
  const lanes = [...tops]
  const order: GraphNode[] = []
  const contains = (upper: GraphNode, lower: GraphNode): boolean =>
    upper === lower || upper.requires.some((below) => contains(below, lower))
  for (let lane = 0; lanes.length > 0; ) {
    const place = lanes[lane] as GraphNode
    const blocking = lanes.findIndex((other, index) => index !== lane && contains(other, place))
    if (blocking !== -1) {
      lane = blocking
      continue
    }
    order.push(place)
    todo.delete(place)
    const [first, ...others] = place.below.filter((below) => todo.has(below) && !lanes.includes(below))
    lanes.splice(lane, 1, ...(first === undefined ? [] : [first]))
    lanes.push(...others)
    if (first === undefined) lane = Math.max(0, lane - 1)
  }
  return order
}
