// Time grows with the number of revisions and edges, whatever the shape of the graph. Quick tests are elsewhere: this one
// takes some seconds, and stands with the live ones.

import { expect, test } from 'vitest'
import { buildGraph } from '../../../src/revisions/graph.ts'
import { history } from '../../../src/revisions/history.ts'
import { planDowngrade, planUpgrade } from '../../../src/revisions/plan.ts'
import { realHeads } from '../../../src/revisions/relations.ts'
import type { RevisionInput } from '../../../src/revisions/revision.ts'
import { rowChanges } from '../../../src/revisions/rows.ts'
import { shapes } from './shapes.ts'

const rounds = 3

/** Milliseconds of this process in the fastest of some rounds: what else the machine does is not counted. */
function fastest(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

function everything(inputs: readonly RevisionInput[]): void {
  const graph = buildGraph(inputs)
  const up = planUpgrade(graph, { current: [], target: 'heads' })
  const down = planDowngrade(graph, { current: realHeads(graph), target: 'base' })
  const changes = rowChanges(graph, realHeads(graph), down.steps)
  expect([up.steps.length, changes.length, history(graph).length]).toEqual(Array(3).fill(inputs.length))
}

/**
 * How many times as long ten times the revisions take. A busy machine slows the larger graph more, whose memory it shares:
 * so it is measured again while that could be the reason. Where time grows with the square this is a hundred at any time.
 */
function growth(small: readonly RevisionInput[], large: readonly RevisionInput[], allowed: number): number {
  const ratio = () => fastest(() => everything(large)) / fastest(() => everything(small))
  const first = ratio()
  return first < allowed ? first : Math.min(first, ratio(), ratio())
}

test.each(Object.entries(shapes))(
  'ten times the revisions take about ten times as long: %s',
  { timeout: 60_000 },
  (_, make) => {
    const small = make(4_000)
    const large = make(40_000)
    everything(small)
    expect(growth(small, large, 30)).toBeLessThan(30)
  },
)

test.each(Object.entries(shapes))(
  'ten thousand revisions are planned in a moment: %s',
  { timeout: 60_000 },
  (_, make) => {
    const graph = buildGraph(make(10_000))
    expect(fastest(() => planUpgrade(graph, { current: [], target: 'heads' }))).toBeLessThan(400)
  },
)
