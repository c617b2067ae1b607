// What revisions need of each other decides the order, whatever headers, dates and names say.

import { expect, test } from 'vitest'
import { planRepair } from '../../../../src/revisions/repair/repair.ts'
import { chain, factsOf, file } from './chains.ts'

const makes = (...tables: readonly string[]) => ({ provides: tables })
const body = (requires: readonly string[], provides: readonly string[] = []) => ({ requires, provides })

test('a revision gets a dependency on the one beside it that makes its table, once for a whole line', () => {
  const facts = factsOf({
    bodies: { 'versions/a.ts': makes('user'), 'versions/x.ts': body(['user']), 'versions/y.ts': body(['user']) },
  })
  const { edits, stamps, remaining } = planRepair(chain('a', 'b<a', 'x', 'y<x', 'm<b,y'), facts, { reparent: false })
  expect(edits).toEqual([{ path: 'versions/x.ts', field: 'dependsOn', before: null, after: 'a' }])
  expect(stamps.map(({ stamp, impossible }) => [stamp, impossible === null])).toEqual([
    ['x', false],
    ['y', false],
  ])
  expect(remaining).toEqual([])
})

test('what an ancestor makes is not asked for again, and what nobody makes is nobody’s fault here', () => {
  const facts = factsOf({
    bodies: {
      'versions/a.ts': makes('user'),
      'versions/b.ts': body(['user', 'old_table']),
      'versions/c.ts': makes('user'),
    },
  })
  expect(planRepair(chain('a', 'b<a', 'c<a', 'm<b,c'), facts, { reparent: false }).faults).toEqual([])
})

test('two that need each other do not end in a circle', () => {
  const facts = factsOf({ bodies: { 'versions/a.ts': body(['y'], ['x']), 'versions/b.ts': body(['x'], ['y']) } })
  const { faults, after } = planRepair(chain('a', 'b'), facts, { reparent: false })
  expect(faults.map(({ code, safe }) => [code, safe])).toEqual([
    ['multiple-roots', true],
    ['unmet-need', true],
    ['unmet-need', false],
    ['multiple-heads', true],
  ])
  expect(after.graph.problems).toEqual([])
})

test('roots are strung in the order of needs, then of dates, then of names', () => {
  const at = (day: number) => ({ createdAt: `2026-01-0${day}T00:00:00Z` })
  const files = [file('d', at(1)), file('c', at(2)), file('b', at(2)), file('a', at(9)), file('e', { createdAt: null })]
  const facts = factsOf({ bodies: { 'versions/a.ts': makes('user'), 'versions/d.ts': body(['user']) } })
  const { after, remaining } = planRepair(files, facts, { reparent: true })
  const parents = after.files.map(({ id, downRevisions }) => [id, downRevisions?.join() ?? ''])
  expect(Object.fromEntries(parents)).toEqual({ b: '', c: 'b', a: 'c', d: 'a', e: 'd' })
  expect(remaining).toEqual([])
})

test('merges, labels and dependencies survive when roots are strung together', () => {
  const files = [
    ...chain('a', 'b<a', 'c<a', 'm<b,c', 'x'),
    file('y<x', { branchLabels: ['forum'] }),
    file('z<x', { dependsOn: ['b'] }),
  ]
  const { after, edits } = planRepair(files, factsOf(), { reparent: true })
  expect(edits.every(({ field }) => field === 'downRevision')).toBe(true)
  for (const one of files) {
    const now = after.byPath.get(one.path)
    expect([now?.branchLabels, now?.dependsOn]).toEqual([one.branchLabels, one.dependsOn])
  }
  expect(after.byPath.get('versions/m.ts')?.downRevisions).toEqual(['b', 'c'])
})
