// Plans are Alembic's, step by step: recorded answers to random graphs, and to the graphs of its own tests.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildGraph } from '../../../src/revisions/graph.ts'
import {
  bases,
  branchLabels,
  branchPoints,
  heads,
  mergePoints,
  realBases,
  realHeads,
} from '../../../src/revisions/relations.ts'
import type { GraphFacts, RecordedCall } from './conformance.ts'
import { mismatches, recordedCalls } from './conformance.ts'

test('every plan and every refusal on 4,391 random graphs is what Alembic answers', { timeout: 60_000 }, () => {
  const calls = recordedCalls(new URL('graph-plans.jsonl.gz', import.meta.url))
  expect(calls).toHaveLength(4391)
  expect(mismatches(calls)).toEqual([])
})

const beside = fileURLToPath(new URL('../../../../../../shared', import.meta.url))
const suite = join(process.env.ALUDEL_CORPORA ?? beside, 'conformance', 'alembic-suite.jsonl.gz')
const absent = existsSync(suite)
  ? false
  : `${suite} is not there; ALUDEL_CORPORA names the folder that holds conformance/`
if (absent) console.warn(`Skipped: the calls of Alembic's own tests. ${absent}`)

test.skipIf(absent)("every call of Alembic's own tests is answered like there", () => {
  const calls = recordedCalls(suite).filter(({ call }) => call.command !== 'load')
  expect(calls.length).toBeGreaterThan(80)
  expect(mismatches(calls)).toEqual([])
})

test.skipIf(absent)("every graph of Alembic's own tests has the heads, bases, points and labels it has there", () => {
  const loads = recordedCalls(suite).filter(({ graphFacts }) => graphFacts !== undefined)
  expect(loads.length).toBeGreaterThan(20)
  for (const { graph, graphFacts } of loads) expect(factsOf(graph)).toEqual(sorted(graphFacts as GraphFacts))
})

test.skipIf(absent)("every graph that Alembic's own tests refuse has a problem", () => {
  // A revision that names itself is refused there before there is a graph, so none was recorded.
  const refused = recordedCalls(suite).filter(
    ({ call, error, graph }) => call.command === 'load' && error && graph.length > 0,
  )
  expect(refused.length).toBeGreaterThan(8)
  const problem = {
    CycleDetected: 'cycle',
    DependencyCycleDetected: 'dependency-cycle',
    RevisionError: 'label-conflict',
  }
  for (const { graph, error } of refused) {
    const codes = buildGraph(graph).problems.map(({ code }) => code)
    expect(codes).toEqual([problem[error?.type as keyof typeof problem]])
  }
})

function factsOf(revisions: RecordedCall['graph']): GraphFacts {
  const graph = buildGraph(revisions)
  expect(graph.problems).toEqual([])
  return sorted({
    heads: heads(graph),
    realHeads: realHeads(graph),
    bases: bases(graph),
    realBases: realBases(graph),
    branchPoints: branchPoints(graph),
    mergePoints: mergePoints(graph),
    labels: Object.fromEntries(branchLabels(graph)),
  })
}

function sorted(facts: GraphFacts): GraphFacts {
  const labels = Object.fromEntries(Object.entries(facts.labels).map(([id, names]) => [id, names.toSorted()]))
  return { ...facts, branchPoints: facts.branchPoints.toSorted(), mergePoints: facts.mergePoints.toSorted(), labels }
}
