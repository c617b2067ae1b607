// What is not compared is named alike in the code and in docs/limits.md.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import unsupported from '../../../../bench/corpora/unsupported.json' with { type: 'json' }
import { unmodelledKinds } from '../../src/schema/unmodelled.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/limits.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| kind'))

test('every kind that is refused stands in docs/limits.md with what to do instead, and no other', () => {
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(unmodelledKinds)
  expect(rows.filter((row) => (row.split('|')[3]?.trim() ?? '').length < 20)).toEqual([])
})

test('the pairs of schemas that are not supported are of these kinds', () => {
  const kinds = Object.values(unsupported).flat()
  expect(kinds.filter((kind) => !unmodelledKinds.some((known) => known === kind))).toEqual([])
})
