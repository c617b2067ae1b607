// The library's manual compiles, as a strict user's project would.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readBlocks } from './markdown.ts'
import { emptyProject, root, typeErrors } from './project.ts'

const project = emptyProject()
afterAll(() => project.remove())

test('every block of docs/library.md is right TypeScript', () => {
  const files = readBlocks(join(root, 'docs/library.md'))
    .filter((block) => block.language === 'ts')
    .map((block) => {
      const name = `line${block.line}.ts`
      writeFileSync(join(project.folder, name), `${block.text}\n`)
      return name
    })
  expect(files.length).toBeGreaterThan(5)
  expect(typeErrors(project.folder, files)).toBe('')
})
