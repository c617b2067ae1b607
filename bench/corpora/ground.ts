// What pairs are tried on: databases for a moment on a server, and the engine's own description of them.

import { spawnSync } from 'node:child_process'
import type { Server } from '../../packages/aludel/src/database/types.ts'
import { engineNamed } from '../../packages/aludel/src/dialects/registry.ts'
import { describeCatalogue } from './catalogue.ts'
import type { Pair } from './corpus.ts'
import { type Describe, describeMysql, describePostgres, describeSqlite } from './description.ts'
import type { Ground } from './pair.ts'

export async function groundOn(
  engine: Pair['engine'],
  url: string,
  described: Ground['described'] = new Map(),
): Promise<Ground> {
  const { scratch, dialectFor } = await engineNamed(engine)
  const { signal } = new AbortController()
  const place = { directory: process.cwd(), lockTimeout: 10_000, resolveFrom: [process.cwd()] }
  const server = await scratch({ ...place, url, dedicated: true, signal })
  return { server, dialect: dialectFor(server.server), url, describe: describerOf(engine, server.server), described }
}

function describerOf(engine: Pair['engine'], server: Server): Describe {
  if (engine === 'mysql') return describeMysql
  if (engine === 'sqlite') return describeSqlite
  return dumpsFor(server) ? describePostgres : ({ db }) => describeCatalogue(db)
}

/** pg_dump refuses servers that are newer than itself. */
function dumpsFor({ version: [major = 0] }: Server): boolean {
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' })
  return Number(/(\d+)\.\d+/.exec(stdout ?? '')?.[1] ?? 0) >= major
}
