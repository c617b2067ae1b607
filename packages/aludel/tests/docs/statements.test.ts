// The page on statements is true: every block of it is run in order, on PostgreSQL.

import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { engines } from '../engines/index.ts'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { emptyProject, root } from './project.ts'

const file = join(root, 'docs/statements.md')
const postgres = engines.find((engine) => engine.name === 'postgres')
const project = emptyProject()
const database = { url: '', drop: async () => {} }
beforeAll(async () => {
  if (postgres?.available === true) Object.assign(database, await postgres.freshDatabase())
})
afterAll(async () => {
  project.remove()
  await database.drop()
})

describe.skipIf(postgres?.available !== true)('statements', () => {
  testBlocks(readBlocks(file), () => ({ cwd: project.folder, environment: { DATABASE_URL: database.url } }), { file })
})
