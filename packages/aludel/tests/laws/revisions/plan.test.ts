// What an upgrade, a downgrade and a stamp do, one example a rule.

import { expect, test } from 'vitest'
import { planDowngrade, planUpgrade } from '../../../src/revisions/plan.ts'
import { planStamp } from '../../../src/revisions/stamp.ts'
import { chain, refusal, steps } from './chain.ts'

const forked = chain('a', 'b<a #left', 'c<a #right', 'd<b,c', 'e<d')

test('an upgrade applies what is missing, one branch after the other', () => {
  const plan = planUpgrade(forked, { current: [], target: 'head' })
  expect(steps(plan)).toBe('a c b d e')
  expect(plan.heads).toEqual(['e'])
})

test('an upgrade to what is there already has no steps', () => {
  expect(planUpgrade(forked, { current: ['d'], target: 'b' })).toEqual({ steps: [], heads: ['d'] })
})

test('an upgrade may have several targets', () => {
  expect(steps(planUpgrade(forked, { current: ['a'], target: ['b', 'c'] }))).toBe('c b')
})

test('targets of which one contains the other are a mistake', () => {
  expect(refusal(() => planUpgrade(forked, { current: [], target: ['b', 'd'] }))).toMatchObject({
    code: 'overlapping-revisions',
    details: { upper: 'd', lower: 'b' },
  })
})

test('rows of which one contains the other stop an upgrade and say which row is too much', () => {
  expect(refusal(() => planUpgrade(forked, { current: ['b', 'd'], target: 'heads' }))).toMatchObject({
    code: 'overlapping-revisions',
    text: expect.stringContaining('Remove the row "b"'),
  })
})

test('dependencies are applied first and stay when what needed them goes', () => {
  const graph = chain('a', 'x', 'y<x', 'b<a +y')
  expect(steps(planUpgrade(graph, { current: [], target: 'b' }))).toBe('x y a b')
  const down = planDowngrade(graph, { current: ['b'], target: 'a' })
  expect(steps(down)).toBe('b')
  expect(down.heads).toEqual(['a', 'y'])
})

test('a downgrade undoes what stands above the target, the newest first', () => {
  expect(steps(planDowngrade(forked, { current: ['e'], target: 'a' }))).toBe('e d b c')
})

test('a downgrade to one side of a merge keeps the other', () => {
  const plan = planDowngrade(forked, { current: ['e'], target: 'b' })
  expect(steps(plan)).toBe('e d')
  expect(plan.heads).toEqual(['b', 'c'])
})

test('a downgrade undoes what depends on it too, and leaves other branches alone', () => {
  const graph = chain('a', 'b<a', 'x', 'y<x +b', 'z')
  const plan = planDowngrade(graph, { current: ['y', 'z'], target: 'a' })
  expect(steps(plan)).toBe('y b')
  expect(plan.heads).toEqual(['a', 'x', 'z'])
})

test('base undoes everything, and with a branch that branch only', () => {
  const graph = chain('a #one', 'b<a', 'x #two', 'y<x')
  expect(planDowngrade(graph, { current: ['b', 'y'], target: 'base' }).heads).toEqual([])
  expect(planDowngrade(graph, { current: ['b', 'y'], target: null }).heads).toEqual([])
  const plan = planDowngrade(graph, { current: ['b', 'y'], target: 'two@base' })
  expect(steps(plan)).toBe('y x')
  expect(plan.heads).toEqual(['b'])
})

test('beside a revision a branch says what to undo above it, wherever the revision stands', () => {
  const graph = chain('a', 'b<a #left', 'c<a #right', 'x')
  expect(steps(planDowngrade(graph, { current: ['b', 'c'], target: 'left@a' }))).toBe('b')
  expect(refusal(() => planDowngrade(graph, { current: ['b', 'c', 'x'], target: 'x@a' })).code).toBe('not-an-ancestor')
  expect(planDowngrade(chain('a', 'b', 'm<a,b'), { current: ['m'], target: 'a@b' }).heads).toEqual(['a', 'b'])
})

test('in a downgrade the head beside a branch is the only head there is', () => {
  const graph = chain('a', 'b<a #left', 'c<a')
  const refused = (target: string) => refusal(() => planDowngrade(graph, { current: ['b', 'c'], target }))
  expect(refused('left@head')).toMatchObject({ code: 'multiple-heads', details: { heads: ['b', 'c'] } })
  expect(refused('left@heads')).toMatchObject({ code: 'multiple-heads', details: { heads: ['b', 'c'] } })
  expect(refused('lift@a').code).toBe('unknown-branch')
  expect(steps(planDowngrade(chain('a #left', 'b<a'), { current: ['b'], target: 'left@head' }))).toBe('')
})

test('several rows and steps down mean the first row', () => {
  const plan = planDowngrade(chain('a', 'b<a', 'c<a'), { current: ['c', 'b'], target: '-1' })
  expect(steps(plan)).toBe('c')
  expect(plan.heads).toEqual(['b'])
})

test('a downgrade may have several targets', () => {
  const graph = chain('a', 'b<a', 'x', 'y<x')
  expect(steps(planDowngrade(graph, { current: ['b', 'y'], target: ['a', 'x'] }))).toBe('b y')
})

test('a downgrade to what is not below is refused', () => {
  expect(refusal(() => planDowngrade(forked, { current: ['b'], target: 'c' })).code).toBe('not-an-ancestor')
  expect(refusal(() => planDowngrade(forked, { current: [], target: 'a' })).code).toBe('not-an-ancestor')
  expect(planDowngrade(forked, { current: ['b'], target: 'b' }).steps).toEqual([])
})

test('a branch that does not say which revisions to undo is answered with how to', () => {
  const graph = chain('a', 'b<a #left', 'c<b', 'd<b')
  expect(refusal(() => planDowngrade(graph, { current: ['c'], target: 'left@-1' }))).toMatchObject({
    code: 'not-an-ancestor',
    details: { candidates: ['c', 'd'] },
    text: expect.stringContaining('`c@-1`'),
  })
  expect(steps(planDowngrade(graph, { current: ['c'], target: 'c@-1' }))).toBe('c')
})

test('a redundant parent is one no more than the other', () => {
  const graph = chain('a', 'b<a', 'c<a', 'd<b +a,c')
  const up = planUpgrade(graph, { current: [], target: 'heads' })
  expect(up.heads).toEqual(['d'])
  const down = planDowngrade(graph, { current: ['d'], target: 'b' })
  expect(down.heads).toEqual(['b', 'c'])
})

test('a stamp moves the rows of its own line', () => {
  const graph = chain('a', 'b<a #left', 'c<a #right', 'x', 'd<b,c')
  const stamp = (target: string, ...current: readonly string[]) => planStamp(graph, { current, target })
  expect(steps(stamp('b'))).toBe('>b')
  expect(steps(stamp('b', 'b'))).toBe('')
  expect(steps(stamp('d', 'b', 'c', 'x'))).toBe('b+c>d')
  expect(stamp('d', 'b', 'c', 'x').heads).toEqual(['d', 'x'])
  expect(steps(stamp('a', 'b', 'c'))).toBe('b+c>a')
  expect(steps(stamp('x', 'b'))).toBe('>x')
  expect(steps(stamp('base', 'b', 'x'))).toBe('b> x>')
  expect(stamp('left@base', 'b', 'c').heads).toEqual(['c'])
  expect(stamp('heads', 'a').heads).toEqual(['d', 'x'])
})

test('a stamp to a list takes along every row on the way to any of them', () => {
  const graph = chain('a', 'b<a', 'x', 'y<x')
  expect(steps(planStamp(graph, { current: ['a', 'x'], target: ['b', 'y'] }))).toBe('a+x>b a+x>y')
  expect(planStamp(graph, { current: ['a', 'x'], target: ['b', 'y'] }).heads).toEqual(['b', 'y'])
  expect(steps(planStamp(graph, { current: ['a', 'x'], target: ['b', 'x'] }))).toBe('a>b')
})

test('a stamp to revisions that contain each other is refused', () => {
  expect(refusal(() => planStamp(forked, { current: [], target: ['a', 'b'] })).code).toBe('overlapping-revisions')
})

test('a stamp to heads may lose a head that was there, as in Alembic; in a list it does not', () => {
  const graph = chain('a', 'b<a', 'x')
  expect(planStamp(graph, { current: ['a', 'x'], target: 'heads' }).heads).toEqual(['b'])
  expect(planStamp(graph, { current: ['a', 'x'], target: ['heads'] }).heads).toEqual(['b', 'x'])
})
