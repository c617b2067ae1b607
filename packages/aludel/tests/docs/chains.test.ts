// The page on broken chains is true: every block of it is run in order, on the Panel's broken chain.

import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { brokenChainProject, root } from './project.ts'

const file = join(root, 'docs/chains.md')
const project = brokenChainProject()
afterAll(() => project.remove())

describe('the walk through a broken chain', () => {
  testBlocks(readBlocks(file), () => ({ cwd: project.folder, environment: {} }), { file })
})
