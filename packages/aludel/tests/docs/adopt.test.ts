// The page on taking over a database is true: every block of it is run in order.

import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { emptyProject, root } from './project.ts'

const file = join(root, 'docs/adopt.md')
const project = emptyProject()
afterAll(() => project.remove())

describe('taking over a database', () => {
  testBlocks(readBlocks(file), () => ({ cwd: project.folder, environment: {} }), { file })
})
