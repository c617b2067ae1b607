// The engines that a test runs on, each with as many empty databases as it asks for.

import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { describe, inject } from 'vitest'

export interface FreshDatabase {
  readonly url: string
  /** Removes the database, also while somebody is connected to it. */
  drop(): Promise<void>
}

export interface TestEngine {
  readonly name: 'sqlite' | 'postgres' | 'mysql'
  readonly available: boolean
  freshDatabase(): Promise<FreshDatabase>
}

// Projects without the engines' global setup provide nothing.
const provided = inject('engines') ?? { directory: null, postgres: null, mysql: null }

const sqlite: TestEngine = {
  name: 'sqlite',
  available: true,
  async freshDatabase() {
    const folder =
      provided.directory === null ? mkdtempSync(join(tmpdir(), 'aludel-')) : join(provided.directory, databaseName())
    mkdirSync(folder, { recursive: true })
    return {
      url: `sqlite:${join(folder, 'test.db')}`,
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}

const postgres: TestEngine = {
  name: 'postgres',
  available: provided.postgres !== null,
  async freshDatabase() {
    const name = databaseName()
    await onPostgres(async (client) => {
      const { rows } = await client.query<{ version: string }>(
        "SELECT current_setting('server_version_num') AS version",
      )
      // Copying files is three times as fast as the default, which writes them into the log; 14 knows nothing else.
      const strategy = Number(rows[0]?.version) >= 15_00_00 ? ' STRATEGY file_copy' : ''
      await client.query(`CREATE DATABASE ${name}${strategy}`)
    })
    return {
      url: databaseUrl(provided.postgres, name),
      drop: () => onPostgres(async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
    }
  },
}

const mariadb: TestEngine = {
  name: 'mysql',
  available: provided.mysql !== null,
  async freshDatabase() {
    const name = databaseName()
    await onMysql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
    return { url: databaseUrl(provided.mysql, name), drop: () => onMysql(`DROP DATABASE ${name}`) }
  },
}

export const engines: readonly TestEngine[] = [sqlite, postgres, mariadb]

/** One suite for all engines: the body is told which one; where an engine is missing, its tests show as skipped. */
export function onEveryEngine(body: (engine: TestEngine) => void): void {
  for (const engine of engines) describe.skipIf(!engine.available)(engine.name, () => body(engine))
}

function databaseName(): string {
  return `t_${process.env.VITEST_POOL_ID ?? '0'}_${randomBytes(4).toString('hex')}`
}

function databaseUrl(server: string | null, name: string): string {
  const url = new URL(present(server))
  url.pathname = `/${name}`
  return url.href
}

async function onPostgres(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: present(provided.postgres) })
  await client.connect()
  await work(client).finally(() => client.end())
}

async function onMysql(statement: string): Promise<void> {
  const connection = await mysql.createConnection(present(provided.mysql))
  await connection.query(statement).finally(() => connection.end())
}

function present(url: string | null): string {
  if (url === null) throw new Error('This engine is not available here: ask `available` first.')
  return url
}
