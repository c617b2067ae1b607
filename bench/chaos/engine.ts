// An engine to hurt: databases made, copied and dropped by name, beside each other on one server or in one folder.

import { copyFileSync, existsSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import type { Server } from '../../packages/aludel/tests/engines/server.ts'

export type EngineName = 'sqlite' | 'postgres' | 'mysql'

export interface Engine {
  readonly name: EngineName
  url(database: string): string
  create(database: string): Promise<void>
  /** A new database that is what another one is, which nobody is connected to. */
  copy(from: string, to: string): Promise<void>
  drop(database: string): Promise<void>
}

/** Databases of SQLite are files of a folder; the others lie on a server. */
export function engineOn(name: EngineName, place: string | Pick<Server, 'url'>): Engine {
  if (typeof place === 'string') return sqliteIn(place)
  return name === 'postgres' ? postgresOn(place.url) : mysqlOn(place.url)
}

function sqliteIn(folder: string): Engine {
  const file = (database: string) => join(folder, `${database}.db`)
  return {
    name: 'sqlite',
    url: (database) => `sqlite:${file(database)}`,
    create: async () => undefined,
    copy: async (from, to) => copyFileSync(file(from), file(to)),
    drop: async (database) => {
      // The driver may keep the file open until its memory is cleared up: its room is wanted at once.
      if (existsSync(file(database))) truncateSync(file(database))
      for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${file(database)}${end}`, { force: true })
    },
  }
}

function named(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

function postgresOn(server: string): Engine {
  const send = async (...statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  return {
    name: 'postgres',
    url: (database) => named(server, database),
    create: (database) => send(`DROP DATABASE IF EXISTS ${database}`, `CREATE DATABASE ${database}`),
    // The other strategy copies sequences with what they have logged ahead: killed then, the server would give their
    // numbers a second time.
    copy: (from, to) =>
      send(`DROP DATABASE IF EXISTS ${to}`, `CREATE DATABASE ${to} TEMPLATE ${from} STRATEGY file_copy`),
    drop: (database) => send(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
  }
}

function mysqlOn(server: string): Engine {
  const on = async (database: string, work: (connection: mysql.Connection) => Promise<void>) => {
    const connection = await mysql.createConnection(named(server, database))
    await work(connection).finally(() => connection.end())
  }
  const make = (database: string) => `CREATE OR REPLACE DATABASE ${database} CHARACTER SET utf8mb4`
  return {
    name: 'mysql',
    url: (database) => named(server, database),
    create: (database) => on('mysql', async (connection) => void (await connection.query(make(database)))),
    copy: async (from, to) => {
      await on('mysql', async (connection) => void (await connection.query(make(to))))
      await on(to, (connection) => copyTables(connection, from))
    },
    drop: (database) =>
      on('mysql', async (connection) => void (await connection.query(`DROP DATABASE IF EXISTS ${database}`))),
  }
}

/** The server has no copy of its own: each table as it describes itself, and its rows. */
async function copyTables(connection: mysql.Connection, from: string): Promise<void> {
  const ask = async (sql: string) => (await connection.query(sql))[0] as Record<string, string>[]
  await connection.query('SET foreign_key_checks = 0, unique_checks = 0')
  const tables = await ask(
    `SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = '${from}' ORDER BY table_type, table_name`,
  )
  for (const { name, type } of tables) {
    const shown = await ask(`SHOW CREATE TABLE ${from}.${name}`)
    const text = shown[0]?.['Create Table'] ?? shown[0]?.['Create View'] ?? ''
    await connection.query(text.replaceAll(`\`${from}\`.`, ''))
    if (type !== 'BASE TABLE') continue
    const stored = await ask(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = '${from}' AND table_name = '${name}' AND coalesce(generation_expression, '') = '' ORDER BY ordinal_position`,
    )
    const columns = stored.map((column) => `\`${column.name}\``).join(', ')
    await connection.query(`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${from}.${name}`)
  }
}
