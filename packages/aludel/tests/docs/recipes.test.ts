// The recipes of CONTRIBUTING and the reading order of ARCHITECTURE name files that are there.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './project.ts'

const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/runbook.md',
  'docs/library.md',
  'docs/engines.md',
  'docs/way-back.md',
  'docs/autogenerate.md',
  'docs/operations.md',
]

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8')

  test('names only files that exist', () => {
    const named = [...text.matchAll(/`((?:packages|examples|docs|bench|scripts|\.changes|\.ci)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    )
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map((match) =>
      join(document, '..', match[1] ?? ''),
    )
    expect([...named, ...linked].filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

test('CONTRIBUTING has the five recipes', () => {
  const headings = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').match(/^## .+$/gm)
  expect(headings).toEqual(['## An operation', '## A dialect', '## A verb', '## A model source', '## A lint rule'])
})
