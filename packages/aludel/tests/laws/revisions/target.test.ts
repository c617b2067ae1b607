// One grammar of targets, in every verb.

import { expect, test } from 'vitest'
import { nearest } from '../../../src/revisions/nearest.ts'
import { planDowngrade, planUpgrade } from '../../../src/revisions/plan.ts'
import { planStamp } from '../../../src/revisions/stamp.ts'
import { resolve } from '../../../src/revisions/target.ts'
import { chain, refusal, steps } from './chain.ts'

const graph = chain('ae10aa', 'ae10bb<ae10aa #left', 'f00d01<ae10bb', 'f00d02<ae10aa #right', 'b1<f00d02', 'b2<f00d02')
const at = (text: string, ...current: readonly string[]) => resolve(graph, text, { current }).join(' ')
const refused = (text: string, ...current: readonly string[]) => refusal(() => at(text, ...current)).code

test('an identifier may be abbreviated to a beginning that only one has', () => {
  expect(at('ae10b')).toBe('ae10bb')
  expect(refusal(() => at('ae10'))).toMatchObject({
    code: 'ambiguous-revision',
    details: { candidates: ['ae10aa', 'ae10bb'] },
  })
  expect(at('left')).toBe('ae10bb')
  expect(at('righ')).toBe('f00d02')
})

test('a beginning that an identifier and a label share is no name, even when both are one revision’s', () => {
  const labelled = chain('ae10aa #ae10a', 'f00d01 #forum,forums', 'b1')
  expect(refusal(() => resolve(labelled, 'ae10'))).toMatchObject({
    code: 'ambiguous-revision',
    details: { candidates: ['ae10aa', 'ae10a'] },
    text: expect.stringContaining('2 revisions or branch labels'),
  })
  expect(refusal(() => resolve(labelled, 'foru')).code).toBe('ambiguous-revision')
  expect(resolve(labelled, 'ae10a')).toEqual(['ae10aa'])
})

test('on a branch fewer revisions begin like that', () => {
  expect(refused('f00d')).toBe('ambiguous-revision')
  expect(at('left@f00d')).toBe('f00d01')
})

test('heads are all heads, head is the only one, base is before everything', () => {
  expect(at('heads')).toBe('f00d01 b1 b2')
  expect(refusal(() => at('head'))).toMatchObject({
    code: 'multiple-heads',
    details: { heads: ['f00d01', 'b1', 'b2'], branch: null },
    text: expect.stringMatching(/merge heads.*label@head/),
  })
  expect(at('left@head')).toBe('f00d01')
  expect(at('right@heads')).toBe('b1 b2')
  expect(at('b1@head')).toBe('b1')
  expect(at('base')).toBe('')
  expect(at('left@base')).toBe('')
})

test('steps count from a symbol', () => {
  expect(at('f00d01-1')).toBe('ae10bb')
  expect(at('ae10bb+1')).toBe('f00d01')
  expect(at('base+1')).toBe('ae10aa')
  expect(at('left@base+2')).toBe('ae10bb')
  expect(at('left@head-1')).toBe('ae10bb')
  expect(at('ae10aa-1')).toBe('')
})

test('going up from a revision the branch says which way, and need not hold the revision', () => {
  expect(at('left@ae10aa+2')).toBe('f00d01')
  expect(resolve(chain('a', 'b', 'm<a,b', 'n<b', 'x<n #other'), 'a@b+1')).toEqual(['m'])
  expect(refused('left@f00d02-1')).toBe('not-on-branch')
})

test('steps without a symbol count from the database', () => {
  expect(at('+1', 'ae10bb')).toBe('f00d01')
  expect(at('-1', 'ae10bb')).toBe('ae10aa')
  expect(at('-1', 'ae10bb', 'b1')).toBe('ae10aa')
  expect(at('right@+1', 'ae10bb')).toBe('f00d02')
  expect(at('right@-1', 'ae10bb', 'b1')).toBe('f00d02')
  expect(at('current', 'ae10bb', 'b1')).toBe('ae10bb b1')
  expect(at('current-1', 'b1')).toBe('f00d02')
})

test('without a database steps down count from the heads', () => {
  expect(resolve(graph, '-1')).toEqual(['ae10bb', 'f00d02'])
  expect(refusal(() => resolve(graph, '+1')).code).toBe('no-current-revision')
  expect(refusal(() => resolve(graph, 'current')).code).toBe('no-current-revision')
})

test('a way that forks is not guessed', () => {
  expect(refusal(() => at('+1', 'ae10aa'))).toMatchObject({
    code: 'ambiguous-walk',
    details: { candidates: ['ae10bb', 'f00d02'], at: 'ae10aa' },
  })
  expect(refused('+1', 'ae10bb', 'b1')).toBe('ambiguous-walk')
  expect(refused('current-1', 'ae10bb', 'b1')).toBe('ambiguous-walk')
  expect(refused('heads-1')).toBe('multiple-heads')
  expect(refusal(() => resolve(chain('a', 'b', 'c<a,b'), 'c-1'))).toMatchObject({
    code: 'ambiguous-walk',
    details: { candidates: ['a', 'b'] },
  })
})

test('a walk that is too long says how far it can go', () => {
  expect(refusal(() => at('f00d01+9'))).toMatchObject({ code: 'relative-too-far', details: { asked: 9, reachable: 0 } })
  expect(refusal(() => at('+9', 'ae10bb'))).toMatchObject({ code: 'relative-too-far', details: { reachable: 1 } })
  expect(refusal(() => at('-3', 'ae10bb'))).toMatchObject({ code: 'relative-too-far', details: { reachable: 2 } })
  expect(refused('-1')).toBe('relative-too-far')
  expect(refused('base-1')).toBe('relative-too-far')
})

test('a revision must be on the branch that is named with it', () => {
  expect(refusal(() => at('left@b1'))).toMatchObject({ code: 'not-on-branch', details: { candidates: ['f00d01'] } })
  expect(refused('left@-1', 'b1')).toBe('not-on-branch')
  expect(refusal(() => at('lift@head'))).toMatchObject({
    code: 'unknown-branch',
    text: expect.stringContaining('Did you mean "left"?'),
  })
})

test('a name that nothing has is answered with what it could have been', () => {
  expect(refusal(() => at('f00d10'))).toMatchObject({
    code: 'unknown-revision',
    details: { candidates: ['f00d01', 'f00d02'] },
    text: expect.stringContaining('Did you mean "f00d01" or "f00d02"?'),
  })
  expect(refusal(() => at('haed')).text).toContain('Did you mean "head" or "heads"?')
  expect(refused('left@')).toBe('unknown-revision')
  expect(refused('')).toBe('unknown-revision')
})

test('near is what few slips lead to, also at the beginning of an identifier', () => {
  expect(nearest('ea10aa', ['ae10aa', 'zzzzzz'])).toEqual(['ae10aa'])
  expect(nearest('1a2b4', ['1a2b3c4d5e6f', 'ffffffffffff'])).toEqual(['1a2b3c4d5e6f'])
  expect(nearest('xy', ['ab'])).toEqual([])
})

test('a label that ends like steps is a label first', () => {
  const released = chain('a', 'b<a #release-2', 'c<b')
  expect(resolve(released, 'release-2')).toEqual(['b'])
  expect(resolve(released, 'release-2+1')).toEqual(['c'])
  expect(resolve(released, 'release-2@head')).toEqual(['c'])
})

test('a range is no target', () => {
  expect(refused('a:b')).toBe('unexpected-range')
})

test('a row that is not in the graph is said to be the database’s', () => {
  expect(refusal(() => at('heads', 'gone'))).toMatchObject({
    code: 'unknown-revision',
    details: { revision: 'gone', row: true },
    text: expect.stringMatching(/locate revision "gone".*stamp --purge/),
  })
})

test('an upgrade does not go down, nor a downgrade up, nor either nowhere', () => {
  expect(refusal(() => planUpgrade(graph, { current: ['b1'], target: '+0' })).code).toBe('wrong-direction')
  expect(refusal(() => planDowngrade(graph, { current: ['b1'], target: 'right@-0' })).code).toBe('wrong-direction')
  expect(steps(planUpgrade(graph, { current: ['ae10bb'], target: 'f00d01+0' }))).toBe('f00d01')
  expect(refusal(() => planUpgrade(graph, { current: ['b1'], target: '-1' })).code).toBe('wrong-direction')
  expect(refusal(() => planDowngrade(graph, { current: ['ae10bb'], target: '+1' })).code).toBe('wrong-direction')
})

test('every verb reads the same targets', () => {
  const current = ['f00d01']
  expect(steps(planUpgrade(graph, { current: ['ae10bb'], target: '+1' }))).toBe('f00d01')
  expect(steps(planDowngrade(graph, { current, target: 'left@head-1' }))).toBe('f00d01')
  expect(steps(planStamp(graph, { current, target: '-1' }))).toBe('f00d01>ae10bb')
  expect(steps(planStamp(graph, { current, target: 'current-2' }))).toBe('f00d01>ae10aa')
})
