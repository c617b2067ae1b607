// The version table after every step: one row for each revision that nothing applied requires.

import { expect, test } from 'vitest'
import { planDowngrade, planUpgrade } from '../../../src/revisions/plan.ts'
import { rowChanges, rowsAfter, stepEnds } from '../../../src/revisions/rows.ts'
import { planStamp } from '../../../src/revisions/stamp.ts'
import { chain } from './chain.ts'

const forked = chain('a', 'b<a', 'c<a', 'd<b,c')
const none = { deleted: [], updated: null, inserted: [] }

test('a base is inserted, a revision moves its parent’s row, a fork inserts, a merge deletes', () => {
  const plan = planUpgrade(forked, { current: [], target: 'head' })
  expect(rowChanges(forked, [], plan.steps)).toEqual([
    { ...none, inserted: ['a'] },
    { ...none, updated: { from: 'a', to: 'c' } },
    { ...none, inserted: ['b'] },
    { deleted: ['b'], updated: { from: 'c', to: 'd' }, inserted: [] },
  ])
})

test('on the way down a merge inserts, a fork deletes, and a base is deleted', () => {
  const plan = planDowngrade(forked, { current: ['d'], target: 'base' })
  expect(rowChanges(forked, ['d'], plan.steps)).toEqual([
    { deleted: [], updated: { from: 'd', to: 'c' }, inserted: ['b'] },
    { ...none, deleted: ['b'] },
    { ...none, updated: { from: 'c', to: 'a' } },
    { ...none, deleted: ['a'] },
  ])
})

test('a stamp replaces rows that are there', () => {
  const plan = planStamp(forked, { current: ['b', 'c'], target: 'd' })
  expect(rowChanges(forked, ['b', 'c'], plan.steps)).toEqual([
    { deleted: ['b'], updated: { from: 'c', to: 'd' }, inserted: [] },
  ])
})

test('a row too many goes with the first step that reaches it', () => {
  const plan = planDowngrade(forked, { current: ['a', 'b'], target: 'base' })
  expect(rowChanges(forked, ['a', 'b'], plan.steps)).toEqual([
    { ...none, deleted: ['b'] },
    { ...none, deleted: ['a'] },
  ])
})

test('changed rows keep their places', () => {
  const change = { deleted: ['x'], updated: { from: 'b', to: 'd' }, inserted: ['e'] }
  expect(rowsAfter(['a', 'x', 'b', 'c'], change)).toEqual(['a', 'd', 'c', 'e'])
})

test('a step leads from parents to revision, or back', () => {
  const [first, , , merge] = planUpgrade(forked, { current: [], target: 'head' }).steps
  const [undone] = planDowngrade(forked, { current: ['d'], target: 'b' }).steps
  const ends = [first, merge, undone].map((step) => (step === undefined ? null : stepEnds(step)))
  expect(ends).toEqual([
    { from: [], to: ['a'] },
    { from: ['b', 'c'], to: ['d'] },
    { from: ['d'], to: ['b', 'c'] },
  ])
})
