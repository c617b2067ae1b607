// History is the order in which revisions would be undone, and ranges are parts of it.

import { expect, test } from 'vitest'
import { history, resolveRange } from '../../../src/revisions/history.ts'
import { splitRange } from '../../../src/revisions/spelling.ts'
import { chain, refusal } from './chain.ts'

const graph = chain('a', 'b<a #left', 'c<b', 'x<a #right', 'y<x', 'm<c,y')
const shown = (range: string, ...current: readonly string[]) =>
  history(graph, resolveRange(graph, range, { current })).join(' ')

test('the whole history comes newest first, a branch in one piece', () => {
  expect(history(graph).join(' ')).toBe('m c b y x a')
})

test('a range includes both ends, and a missing end is the base or the heads', () => {
  expect(shown('b:m')).toBe('m c b')
  expect(shown('x:')).toBe('m y x')
  expect(shown(':y')).toBe('y x a')
  expect(shown(':')).toBe('m c b y x a')
  expect(shown('base:left')).toBe('b a')
})

test('steps count from the other end, and stop where the graph does', () => {
  expect(shown('b:+1')).toBe('c b')
  expect(shown('-1:c')).toBe('c b')
  expect(shown('-9:c')).toBe('c b a')
  expect(shown('-1:current', 'y')).toBe('y x')
  expect(shown('c:+9')).toBe('m c')
})

test('current is where the database is', () => {
  expect(shown('current:', 'y')).toBe('m y')
  expect(shown(':current', 'y')).toBe('y x a')
})

test('a range of a branch shows that branch', () => {
  const forest = chain('a #one', 'b<a', 'x #two', 'y<x')
  expect(history(forest, resolveRange(forest, 'two@base:')).join(' ')).toBe('y x')
})

test('a start that the end does not contain is refused', () => {
  expect(refusal(() => shown('c:y')).code).toBe('not-an-ancestor')
  expect(refusal(() => shown('m:a')).code).toBe('not-an-ancestor')
})

test('a range has one colon', () => {
  expect(refusal(() => shown('abc')).code).toBe('invalid-range')
  expect(refusal(() => shown('a:b:c')).code).toBe('invalid-range')
  expect(splitRange('a:')).toEqual({ start: 'a', end: null })
})
