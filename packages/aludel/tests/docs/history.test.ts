// The page on what ran is true: every block of it is run in order.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { emptyProject, root } from './project.ts'

const file = join(root, 'docs/history.md')
const project = emptyProject()
afterAll(() => project.remove())
const missing = spawnSync('git', ['--version']).error === undefined ? [] : ['git']

describe('what ran', () => {
  testBlocks(readBlocks(file), () => ({ cwd: project.folder, environment: {} }), { file, missing })
})
