// A connection pooler in front of a PostgreSQL server, wherever PgBouncer is installed.

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { EngineMissing } from './server.ts'

export interface Pooler {
  /** The address of a database of the server, through the pooler. */
  url(server: string): string
  stop(): Promise<void>
}

/** Debian keeps servers where not every user looks. */
export const pgbouncer = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(existsSync)

/** Starts one that gives a session of the server to each transaction. Throws `EngineMissing` where it is not installed. */
export async function startPgbouncer(server: string): Promise<Pooler> {
  if (pgbouncer === undefined) throw new EngineMissing('the program pgbouncer is not installed')
  const { hostname, port: serverPort, username, password } = new URL(server)
  const folder = mkdtempSync(join(tmpdir(), 'aludel-pooler-'))
  const port = await freePort()
  const settings = join(folder, 'settings.ini')
  writeFileSync(
    settings,
    `[databases]
* = host=${hostname} port=${serverPort} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
pool_mode = transaction
unix_socket_dir =
`,
  )
  for (const path of [folder, settings]) chmodSync(path, 0o755)
  const child = spawn(pgbouncer, [...userWords(), settings], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  const url = (direct: string) => {
    const through = new URL(direct)
    through.port = String(port)
    return through.href
  }
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answering(url(server))
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** It refuses to run as root, and may then be told whom to run as. */
function userWords(): readonly string[] {
  if (process.getuid?.() !== 0) return []
  const name = ['postgres', 'nobody'].find((one) => spawnSync('id', [one]).status === 0)
  return name === undefined ? [] : ['-u', name]
}

async function answering(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (attempt > 200) throw error
      await delay(25)
    }
  }
}

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  return address === null || typeof address === 'string' ? 0 : address.port
}
