// A private MariaDB, wherever its server program is installed; also for the demo and benchmarks.

import { execFile } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { EngineMissing, type MortalServer, makeDirectory, password, removeDirectory, startServer } from './server.ts'

export interface MariadbOptions {
  /** `fast` gives up durability; `default` leaves every setting of the server as it comes. */
  readonly settings?: 'fast' | 'default'
  /** An empty folder for everything the server writes; removed with it. By default one in memory, where there is room. */
  readonly directory?: string
}

const smallFiles = ['--innodb-log-file-size=16M', '--innodb-buffer-pool-size=64M']
const fastSettings = [
  ...smallFiles,
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=OFF',
  '--sync-binlog=0',
  '--skip-log-bin',
  '--performance-schema=OFF',
]

/** Starts a server in about a second. Throws `EngineMissing` where none is installed. */
export async function startMariadb({
  settings = 'fast',
  directory: folder,
}: MariadbOptions = {}): Promise<MortalServer> {
  const program = findProgram('mariadbd')
  const installer = findProgram('mariadb-install-db')
  const directory = folder ?? makeDirectory('mariadb')
  const data = join(directory, 'data')
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  const grants = join(directory, 'grants.sql')
  try {
    const installation = ['--no-defaults', ...asRoot, `--datadir=${data}`, '--skip-test-db', '--skip-name-resolve']
    const access = ['--auth-root-authentication-method=normal', ...smallFiles]
    await promisify(execFile)(installer, [...installation, ...access])
    // The server reads one statement a line here.
    writeFileSync(
      grants,
      `CREATE USER aludel@'%' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO aludel@'%' WITH GRANT OPTION;\n`,
    )
    const { port, ...server } = await startServer({
      directory,
      program,
      options: (freePort) => [
        ...['--no-defaults', ...asRoot, `--datadir=${data}`, `--tmpdir=${directory}`, `--init-file=${grants}`],
        ...[`--port=${freePort}`, '--bind-address=127.0.0.1', '--skip-name-resolve', '--character-set-server=utf8mb4'],
        ...[`--socket=${join(directory, 'socket')}`, `--pid-file=${join(directory, 'server.pid')}`],
        ...(settings === 'fast' ? fastSettings : []),
      ],
      user: null,
      stopSignal: 'KILL',
      greet: (answeringPort) => greet(mariadbUrl(answeringPort)),
    })
    return { url: mariadbUrl(port), ...server }
  } catch (error) {
    removeDirectory(directory)
    throw error
  }
}

function mariadbUrl(port: number): string {
  return `mysql://aludel:${password}@127.0.0.1:${port}/mysql`
}

async function greet(url: string): Promise<void> {
  const connection = await mysql.createConnection(url)
  await connection.end()
}

/** Debian keeps servers in /usr/sbin, which is not on every user's PATH. */
function findProgram(name: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']
  for (const folder of folders.filter((entry) => entry !== '')) {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return join(folder, name)
    } catch {
      // Not here; the next folder.
    }
  }
  throw new EngineMissing(`the program ${name} is not installed`)
}
