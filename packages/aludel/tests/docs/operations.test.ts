// The pages on operations say what the types and the golden cases say; `npm run docs` writes them anew.

import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { indexText, pageText, readEntries } from './operations/pages.ts'
import { root } from './project.ts'

const folder = join(root, 'docs/operations')
const entries = readEntries()

test('every operation has a sentence and an example', () => {
  const lacking = entries.filter(({ sentence, shown, example }) => sentence === null || (shown ?? example) === null)
  expect(lacking.map(({ name }) => name)).toEqual([])
})

test.each(entries)('the page of $name is what it would be now', async (entry) => {
  await expect(pageText(entry)).toMatchFileSnapshot(join(folder, entry.page))
})

test('the list of operations is what it would be now', async () => {
  await expect(indexText(entries)).toMatchFileSnapshot(join(root, 'docs/operations.md'))
})

test('there is no page of an operation that is gone', () => {
  const pages = entries.map(({ page }) => page)
  const others = readdirSync(folder).filter((page) => !pages.includes(page))
  if (process.env.ALUDEL_UPDATE === '1') for (const page of others) rmSync(join(folder, page))
  else expect(others).toEqual([])
})
