// The README is true: every block of its tour is run in order, in an empty folder.

import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { emptyProject, root } from './project.ts'

const blocks = readBlocks(join(root, 'README.md'))
// The two commands of a clone are what this very run was started by.
const tour = blocks.slice(blocks.findIndex((block) => block.text.startsWith('npx aludel')))
const project = emptyProject()
afterAll(() => project.remove())

describe('the tour of the README', () => {
  testBlocks(tour, () => ({ cwd: project.folder, environment: {} }))
})
