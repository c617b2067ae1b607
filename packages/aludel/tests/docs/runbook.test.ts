// The operations manual is true: every block of it is run in order, on a copy of the Panel and on PostgreSQL.

import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { engines } from '../engines/index.ts'
import { installedPostgres, startPostgres } from '../engines/postgres.ts'
import { testBlocks } from './document.ts'
import { readBlocks } from './markdown.ts'
import { panelProject, root } from './project.ts'

const file = join(root, 'docs/runbook.md')
const shared = engines.find((engine) => engine.name === 'postgres')
// pg_dump refuses servers newer than itself, so where there is one, its own server is used.
const installation = installedPostgres()
if (installation === null && process.env.CI === 'true') throw new Error('pg_dump and its server are missing.')
const project = panelProject()
let url = ''
// The manual says 8080, as people will type it; somebody else may have that port here.
const ports = new Map([['8080', String(await freePort())]])
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  if (installation !== null) {
    const server = await startPostgres({ installation })
    url = server.url
    ends.push(() => server.stop())
  } else if (shared?.available === true) {
    const database = await shared.freshDatabase()
    url = database.url
    ends.push(() => database.drop())
  }
})
afterAll(async () => {
  project.remove()
  for (const end of ends) await end()
})

describe.skipIf(installation === null && shared?.available !== true)('the runbook', () => {
  testBlocks(readBlocks(file), () => ({ cwd: project.folder, environment: { DATABASE_URL: url } }), {
    file,
    missing: installation === null ? ['pg_dump'] : [],
    ports,
  })
})

function freePort(): Promise<number> {
  return new Promise((found, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
