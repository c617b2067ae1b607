// The page on testing revisions is true: every block of it is run in order.

import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { emptyProject, root } from './project.ts'

const file = join(root, 'docs/testing.md')
const project = emptyProject()
afterAll(() => project.remove())

describe('testing revisions', () => {
  testBlocks(readBlocks(file), () => ({ cwd: project.folder, environment: {} }), { file })
})
