// The graph as text, lanes drawn as git draws them.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GraphRow, graphEdges, graphRows } from '../../../src/revisions/drawing.ts'
import { buildGraph, type RevisionGraph } from '../../../src/revisions/graph.ts'
import { history } from '../../../src/revisions/history.ts'
import { outline } from '../../../src/revisions/outline.ts'
import { heads } from '../../../src/revisions/relations.ts'
import type { RevisionInput } from '../../../src/revisions/revision.ts'
import { chain } from './chain.ts'
import { revisions } from './graphs.ts'
import { readDrawing } from './read-drawing.ts'
import { lanes, star } from './shapes.ts'

function rowsOf(graph: RevisionGraph, order = history(graph), limit?: number): readonly GraphRow[] {
  return graphRows(order, graphEdges(graph, order), limit)
}

function picture(graph: RevisionGraph, order = history(graph)): string {
  const lines = rowsOf(graph, order).flatMap((row) => [`${row.node} ${row.id}`, ...row.edges])
  return `\n${lines.join('\n')}\n`
}

test('a line is a column of stars', () => {
  expect(picture(chain('a', 'b<a'))).toBe(`
* b
* a
`)
})

test('a merge opens a lane and a fork closes it', () => {
  expect(picture(chain('a', 'b<a', 'c<a', 'd<b,c', 'e<d'))).toBe(`
* e
* d
|\\
* | b
| * c
|/
* a
`)
})

test('a merge of three and a head beside it', () => {
  expect(picture(chain('a', 'b<a', 'c<a', 'd<a', 'e<b,c,d', 'x<a'))).toBe(`
* e
|\\
|\\ \\
* | | b
| | | * x
| |_|/
|/| |
| * | c
|/ /
| * d
|/
* a
`)
})

test('where a line ends the others close up', () => {
  expect(picture(chain('a', 'b', 'c<a', 'd<b', 'e<c,d', 'f<b'))).toBe(`
* e
|\\
* | c
* | a
 /
| * f
* | d
|/
* b
`)
})

test('a merge with a lane that is there crosses over to it', () => {
  expect(picture(chain('a', 'b<a', 'c<a', 'm<b,c', 'n<b,c'))).toBe(`
* m
|\\
| | * n
| |/|
| |/
|/|
* | b
| * c
|/
* a
`)
})

test('what is not listed is passed over', () => {
  expect(picture(chain('a', 'b<a', 'c<b', 'd<c', 'e<b', 'f<d,e'), ['f', 'c', 'a'])).toBe(`
* f
|\\
* | c
|/
* a
`)
})

test('further lines of text have their lanes too', () => {
  const graph = chain('a', 'b<a', 'c<a', 'd<b,c')
  expect(rowsOf(graph).map((row) => row.below)).toEqual(['|', '| |', '| |', ' '])
})

test('a revision that nothing is below does not look like the child of the next one', () => {
  expect(picture(chain('a', 'b<a', 'x', 'y<x', 'z'))).toBe(`
* b
* a

* y
* x

* z
`)
  expect(picture(chain('a', 'x', 'b<a', 'm<a', 'y'), ['b', 'x', 'y', 'm', 'a'])).toBe(`
* b
| * x
|
| * y
|
| * m
|/
* a
`)
})

test('a line far across takes two lines of text', () => {
  expect(picture(chain('a', 'b<a', 'c<a', 'd<a', 'e<a', 'm<b,c,d,e', 'x<a'))).toContain(`
| | | | * x
| |_|_|/
|/| | |
`)
  expect(picture(chain('a', 'b', 'c', 'd', 'e', 'm<a,b,c,d', 'n<a,d'), ['m', 'n', 'a', 'b', 'c', 'd'])).toContain(`
| | | | * n
| | | |/|
| |_|_|/
|/| | |
`)
})

/** Graphs with far lines, merges of many and several roots. */
const tangles: fc.Arbitrary<readonly RevisionInput[]> = fc
  .array(fc.array(fc.nat({ max: 40 }), { maxLength: 5 }), { minLength: 1, maxLength: 50 })
  .map((drafts) =>
    drafts.map((distances, index) => {
      const parents = distances.filter((distance) => distance < index).map((distance) => `r${index - 1 - distance}`)
      return { id: `r${index}`, downRevisions: [...new Set(parents)], dependsOn: [], branchLabels: [] }
    }),
  )

/** The nearest ancestors that are shown, looked for without the graph's own means. */
function nearestShown(graph: RevisionGraph, shown: ReadonlySet<string>, id: string): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const open = [...(graph.revisions.get(id)?.downRevisions ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (shown.has(next)) found.add(next)
    else open.push(...(graph.revisions.get(next)?.downRevisions ?? []))
  }
  return [...found].sort()
}

test('every line leads where it says, in every graph and in every part of it', () => {
  const drawn = fc.tuple(fc.oneof(revisions, tangles), fc.infiniteStream(fc.boolean()), fc.boolean())
  fc.assert(
    fc.property(drawn, ([inputs, picks, whole]) => {
      const graph = buildGraph(inputs)
      const order = history(graph).filter(() => whole || picks.next().value)
      const shown = new Set(order)
      const wanted = order.map((id) => [id, nearestShown(graph, shown, id)])
      expect([...readDrawing(rowsOf(graph, order, Number.POSITIVE_INFINITY))]).toEqual(wanted)
      const follows = graphEdges(graph, order).filter(({ kind }) => kind === 'follows')
      expect(order.map((id) => [id, follows.flatMap(({ from, to }) => (to === id ? from : [])).sort()])).toEqual(wanted)
    }),
    { numRuns: 500 },
  )
})

test('edges are also what a revision depends on, labels resolved', () => {
  const graph = chain('a #trunk', 'b<a', 'c +trunk', 'd<b +c')
  expect(graphEdges(graph, ['d', 'c', 'a'])).toEqual([
    { kind: 'follows', from: 'a', to: 'd' },
    { kind: 'depends', from: 'c', to: 'd' },
    { kind: 'depends', from: 'a', to: 'c' },
  ])
})

test('what lies beyond fifty lanes is cut, and said to be', () => {
  const wide = chain('a', ...Array.from({ length: 60 }, (_, index) => `b${index}<a`), 'c')
  const order = ['c', ...Array.from({ length: 60 }, (_, index) => `b${index}`)]
  const merged = chain(...order.slice(1), `m<${order.slice(1).join(',')}`)
  const rows = rowsOf(merged, ['m', ...order.slice(1)])
  expect(rows[1]?.node).toBe(`* ${'| '.repeat(49)}~`)
  expect(rows[20]?.node).toBe(`* ${'| '.repeat(40)}`.trimEnd())
  expect(rowsOf(wide, order)).toHaveLength(61)
  for (const { node, below, edges } of rows)
    for (const line of [node, below, ...edges]) expect(line.length).toBeLessThanOrEqual(102)
  const last = rowsOf(merged, ['m', ...order.slice(1).toReversed()])
  expect(last[1]?.node).toBe(`${'| '.repeat(50)}~*`)
})

test('the text grows with the number of revisions, not with its square', () => {
  const lengthOf = (inputs: readonly RevisionInput[]) => {
    const graph = buildGraph(inputs)
    const rows = rowsOf(graph)
    return rows.reduce((sum, { node, edges }) => sum + node.length + edges.join('').length, 0)
  }
  for (const shape of [star, (size: number) => lanes(size, size / 4)]) {
    expect(lengthOf(shape(4000)) / lengthOf(shape(1000))).toBeLessThan(6)
  }
})

test('heads part where no single revision is on every way up; a branch that was merged again is no parting', () => {
  const graph = chain('a', 'b<a', 'c<a', 'd<b,c', 'e<d', 'x<e', 'y<e', 'z')
  expect(picture(graph, outline(graph, heads(graph)))).toBe(`
* x
| * y
|/
* e
| * z
* a
`)
  expect(outline(graph, ['y'])).toEqual(['y', 'a'])
})

/** Whether a head can be reached by following the children, without passing through one revision. */
function leadsUp(graph: RevisionGraph, start: string, ends: ReadonlySet<string>, without: string | null): boolean {
  const seen = new Set<string>(without === null ? [] : [without])
  const open = [start]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (ends.has(next)) return true
    for (const { id, downRevisions } of graph.revisions.values()) if (downRevisions.includes(next)) open.push(id)
  }
  return false
}

test('an outline is the heads, their beginnings, and what no other revision stands above alone', () => {
  fc.assert(
    fc.property(fc.oneof(revisions, tangles), (inputs) => {
      const graph = buildGraph(inputs.slice(0, 16).map((one) => ({ ...one, dependsOn: [] })))
      const ends = new Set(heads(graph))
      const ids = [...graph.revisions.keys()]
      const shown = ids.filter((id) => {
        if (ends.has(id) || graph.revisions.get(id)?.downRevisions.every((one) => !ids.includes(one))) return true
        return leadsUp(graph, id, ends, null) && ids.every((gate) => gate === id || leadsUp(graph, id, ends, gate))
      })
      expect([...outline(graph, [...ends])].sort()).toEqual(shown.sort())
    }),
    { numRuns: 150 },
  )
})
