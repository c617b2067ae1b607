// Where the demonstration plays: empty databases that are its own, on the engine that was asked for.

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { connect, dialectOf } from 'aludel'
import { startPostgres } from '../../../packages/aludel/tests/engines/postgres.ts'
import { NotAsSaid } from './stage.ts'

export interface Place {
  /** What the first line of the demonstration calls it. */
  readonly name: string
  /** An empty database of the demonstration's own; gives its address. */
  fresh(): Promise<string>
  /** Takes everything away again. */
  leave(): Promise<void>
}

export interface PlaceRequest {
  /** A folder for files of databases. */
  readonly folder: string
  /** DATABASE_URL; the server that it names gets databases, the one that it names is not touched. */
  readonly url: string | null
  /** True where an embedded PostgreSQL was asked for. */
  readonly postgres: boolean
}

export async function placeFor({ folder, url, postgres }: PlaceRequest): Promise<Place> {
  if (postgres) {
    const server = await startPostgres()
    return { ...onServer(server.url, 'PostgreSQL, embedded'), leave: () => server.stop() }
  }
  if (url === null || dialectOf(url) === 'sqlite') return onSqlite(folder)
  return onServer(url, dialectOf(url) === 'postgres' ? 'PostgreSQL' : 'MariaDB or MySQL')
}

function onSqlite(folder: string): Place {
  let count = 0
  return {
    name: 'SQLite',
    fresh: async () => {
      count += 1
      return `sqlite:${join(folder, `panel${count}.db`)}`
    },
    // They lie in the folder, which goes as a whole.
    leave: async () => undefined,
  }
}

function onServer(url: string, name: string): Place {
  const made: string[] = []
  return {
    name,
    fresh: async () => {
      const database = `aludel_demo_${randomBytes(4).toString('hex')}`
      await tell(url, `CREATE DATABASE ${database}`).catch((error: Error) => {
        throw new NotAsSaid(`Expected the server to make a database for the demonstration, but: ${error.message}`)
      })
      made.push(database)
      const address = new URL(url)
      address.pathname = `/${database}`
      return address.href
    },
    leave: async () => {
      for (const database of made.splice(0)) await tell(url, `DROP DATABASE ${database}`)
    },
  }
}

async function tell(url: string, statement: string): Promise<void> {
  const db = await connect(url)
  await db.query(statement).finally(() => db.close())
}
