// The graph as text, lanes drawn as git draws them.

import { expect, test } from 'vitest'
import { graphRows } from '../../../src/revisions/drawing.ts'
import type { RevisionGraph } from '../../../src/revisions/graph.ts'
import { history } from '../../../src/revisions/history.ts'
import { chain } from './chain.ts'

function picture(graph: RevisionGraph, order = history(graph)): string {
  const lines = graphRows(graph, order).flatMap((row) => [`${row.node} ${row.id}`, ...row.edges])
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
| | |/
| |/|
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
  expect(graphRows(graph, history(graph)).map((row) => row.below)).toEqual(['|', '| |', '| |', ' '])
})
