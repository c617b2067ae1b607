// The tests' own ground: databases that are empty and apart, and servers that never outlive their run.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { expect, test } from 'vitest'
import { engines, onEveryEngine } from '../engines/index.ts'

async function tablesAfter(url: string, statement: string | null): Promise<number> {
  if (url.startsWith('postgresql:')) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    if (statement !== null) await client.query(statement)
    const { rows } = await client.query("SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'")
    await client.end()
    return rows[0].n
  }
  const connection = await mysql.createConnection(url)
  if (statement !== null) await connection.query(statement)
  const [rows] = await connection.query('SHOW TABLES')
  await connection.end()
  return Array.isArray(rows) ? rows.length : 0
}

onEveryEngine((engine) => {
  test('a fresh database is empty, whatever another one holds', async ({ onTestFinished }) => {
    const one = await engine.freshDatabase()
    const other = await engine.freshDatabase()
    onTestFinished(() => Promise.all([one.drop(), other.drop()]).then(() => {}))
    expect(one.url).not.toBe(other.url)
    if (engine.name === 'sqlite') {
      expect(existsSync(new URL(one.url.replace('sqlite:', 'file:')))).toBe(false)
      return
    }
    expect(await tablesAfter(one.url, 'CREATE TABLE full_one (id int)')).toBe(1)
    expect(await tablesAfter(other.url, null)).toBe(0)
  })
})

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const starters = [
  { name: 'postgres', start: 'startPostgres', module: 'packages/aludel/tests/engines/postgres.ts' },
  { name: 'mysql', start: 'startMariadb', module: 'packages/aludel/tests/engines/mariadb.ts' },
] as const

for (const { name, start, module } of starters) {
  const { available } = engines.find((engine) => engine.name === name) ?? { available: false }
  test.skipIf(!available)(`a ${name} server ends with the run that started it, even when that is killed`, async () => {
    const code = `const { ${start} } = await import('./${module}'); console.log((await ${start}()).url); setInterval(() => {}, 1e6)`
    const loader = ['--import', './scripts/typescript.mjs', '--input-type=module', '--eval', code]
    const run = spawn(process.execPath, loader, { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] })
    const [url] = await once(createInterface({ input: run.stdout }), 'line')
    const socket = await connected(Number(new URL(url).port))
    const ended = new Promise((resolve) => socket.once('close', resolve))
    run.kill('SIGKILL')
    await ended
  })
}

/** A connection that the server has accepted; it closes when the server ends. */
async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  await once(socket, 'connect')
  return socket.resume().on('error', () => {})
}
