// A graph is built from any headers at all; what is wrong with them is data.

import { expect, test } from 'vitest'
import { buildGraph } from '../../../src/revisions/graph.ts'
import { history } from '../../../src/revisions/history.ts'
import { planUpgrade } from '../../../src/revisions/plan.ts'
import {
  ancestors,
  bases,
  branchLabels,
  branchPoints,
  currentHeads,
  descendants,
  effectiveHeads,
  heads,
  lineage,
  marksOf,
  mergePoints,
  realHeads,
} from '../../../src/revisions/relations.ts'
import { chain, revision, steps } from './chain.ts'

const problems = (...texts: readonly string[]) =>
  chain(...texts).problems.map(({ code, revisions, subject }) =>
    `${code} ${revisions.join(',')} ${subject ?? ''}`.trim(),
  )

test('the objects of the caller come back, with what else they carry', () => {
  const file = { ...revision('a'), phase: 'expand' as const, message: 'Add user', createdAt: null, path: 'a.ts' }
  const graph = buildGraph([file])
  expect(graph.revisions.get('a')).toBe(file)
  expect(graph.revisions.get('a')?.path).toBe('a.ts')
})

test('what a header leaves out is filled in', () => {
  expect(chain('a').revisions.get('a')).toMatchObject({ phase: null, message: '', createdAt: null })
})

test('a parent or a dependency that does not exist is named', () => {
  expect(problems('a', 'b<a,gone', 'c<b +lost')).toEqual(['missing-parent b gone', 'missing-dependency c lost'])
})

test('a label is no parent, but may be a dependency', () => {
  expect(problems('a #blue', 'b<blue', 'c +blue')).toEqual(['missing-parent b blue'])
})

test('of two revisions with one identifier the first is kept and both are placed', () => {
  const graph = chain('a', 'b<a', 'a<b')
  expect(graph.problems).toEqual([
    {
      code: 'duplicate-revision',
      message: '2 revisions have the identifier "a".',
      revisions: ['a'],
      positions: [0, 2],
      subject: 'a',
    },
  ])
  expect(steps(planUpgrade(graph, { current: [], target: 'heads' }))).toBe('a b')
})

test('a cycle is named without what hangs on it', () => {
  expect(problems('a<c', 'b<a', 'c<b', 'd<c', 'e', 'f<e')).toEqual(['cycle a,b,c'])
})

test('a cycle that only dependencies close is another problem', () => {
  expect(problems('a +c', 'b<a', 'c<b')).toEqual(['dependency-cycle a,b,c'])
})

test('two cycles are two problems, and a cycle of each kind may share revisions', () => {
  expect(problems('a<b', 'b<a', 'c<d', 'd<c')).toEqual(['cycle a,b', 'cycle c,d'])
  expect(problems('a<b', 'b<a', 'c<b +d', 'd<c')).toEqual(['cycle a,b', 'dependency-cycle c,d'])
})

test('a revision that names itself is a problem of its own', () => {
  expect(problems('a<a', 'b +b')).toEqual(['self-reference a a', 'self-dependency b b'])
})

test('a label belongs to one revision and is nobody else’s identifier', () => {
  expect(problems('a #x', 'b<a #x', 'c<b #a')).toEqual(['label-conflict a,b x', 'label-conflict a,c a'])
})

test('identifiers and labels that targets could not name are refused', () => {
  expect(problems('a-b', 'head', 'x #current,a@b', `${'i'.repeat(256)}`, 'a.b_C9')).toEqual([
    'illegal-id a-b a-b',
    'illegal-id head head',
    `illegal-id ${'i'.repeat(256)} ${'i'.repeat(256)}`,
    'illegal-label x current',
    'illegal-label x a@b',
  ])
})

test('the rest of a broken graph still works', () => {
  const graph = chain('a', 'b<a', 'c<gone', 'd<c', 'x<y', 'y<x', 'z<z')
  expect(steps(planUpgrade(graph, { current: [], target: 'b' }))).toBe('a b')
  expect(steps(planUpgrade(graph, { current: [], target: 'd' }))).toBe('c d')
  expect(history(graph).toSorted()).toEqual(['a', 'b', 'c', 'd', 'x', 'y', 'z'])
  expect(heads(graph)).toEqual(['b', 'd', 'z'])
  expect(bases(graph)).toEqual(['a'])
})

const forked = chain('a', 'b<a #left', 'c<a', 'd<b,c', 'x', 'y<x +d')

test('heads are what nobody follows; one that somebody depends on is an effective head', () => {
  expect(heads(forked)).toEqual(['d', 'y'])
  expect(realHeads(forked)).toEqual(['y'])
  expect(effectiveHeads(forked)).toEqual(['d'])
  expect(marksOf(forked, 'd')).toEqual(['effective-head', 'mergepoint'])
  expect(marksOf(forked, 'a')).toEqual(['base', 'branchpoint'])
  expect(branchPoints(forked)).toEqual(['a'])
  expect(mergePoints(forked)).toEqual(['d'])
})

test('ancestors and descendants go through dependencies unless told otherwise', () => {
  expect(ancestors(forked, ['y'])).toEqual(['a', 'b', 'c', 'd', 'x', 'y'])
  expect(ancestors(forked, ['y'], { dependencies: false })).toEqual(['x', 'y'])
  expect(descendants(forked, ['b'])).toEqual(['b', 'd', 'y'])
  expect(descendants(forked, ['b'], { dependencies: false })).toEqual(['b', 'd'])
  expect(lineage(forked, ['b'], { dependencies: false })).toEqual(['a', 'b', 'd'])
})

test('a label reaches up to the heads and down to the fork', () => {
  const labels = branchLabels(chain('a', 'b<a', 'c<b #left', 'd<c', 'e<a', 'f<d,e'))
  expect(Object.fromEntries(labels)).toEqual({ b: ['left'], c: ['left'], d: ['left'], f: ['left'] })
})

test('where a database stands includes the branches that its rows depend on', () => {
  expect(currentHeads(forked, ['y'])).toEqual(['d', 'y'])
})

test('one revision given twice is a repeated one, and the first place is its own', () => {
  const [one, two] = [
    { id: 'a', downRevisions: [], dependsOn: [], branchLabels: [] },
    { id: 'b', downRevisions: ['a'], dependsOn: [], branchLabels: ['forum'] },
  ]
  const graph = buildGraph([one, one, two])
  expect(graph.problems.map(({ code, positions }) => ({ code, positions }))).toEqual([
    { code: 'duplicate-revision', positions: [0, 1] },
  ])
  expect(graph.nodes.map(({ place, position }) => [place, position])).toEqual([
    [0, 0],
    [1, 2],
  ])
})

test('names and revisions are maps in load order, labels last', () => {
  const graph = buildGraph([
    { id: 'a', downRevisions: [], dependsOn: [], branchLabels: ['trunk'] },
    { id: 'b', downRevisions: ['a'], dependsOn: [], branchLabels: [] },
  ])
  expect([...graph.revisions.keys()]).toEqual(['a', 'b'])
  expect([...graph.revisions.values()].map(({ id }) => id)).toEqual(['a', 'b'])
  expect([...graph.names].map(([name, node]) => [name, node.revision.id])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
    ['trunk', 'a'],
  ])
  expect([graph.names.size, graph.names.has('trunk'), graph.revisions.has('trunk')]).toEqual([3, true, false])
  expect(graph.names.get('trunk')).toBe(graph.nodes[0])
  const told: string[] = []
  graph.names.forEach((node, name) => {
    told.push(`${name} ${node.place}`)
  })
  expect(told).toEqual(['a 0', 'b 1', 'trunk 0'])
})
