// A database server of our own: started on a free port and on a directory that is thrown away, and never left behind.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { createServer, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export interface Server {
  /** A URL with the superuser's name and password that names an administrative database. */
  readonly url: string
  /** Stops the server and removes its data; calling it twice does no harm. */
  stop(): Promise<void>
}

/** A server that can be killed as a machine that dies kills it, and started again on what it has left. */
export interface MortalServer extends Server {
  crash(): Promise<void>
  /** Starts it where it does not run. */
  revive(): Promise<void>
}

/** Why an engine cannot be had on this machine: nothing is broken, its tests are skipped. */
export class EngineMissing extends Error {}

export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

export interface ServerProgram {
  readonly directory: string
  readonly program: string
  options(port: number): readonly string[]
  readonly user: ServerUser | null
  /** The signal that ends this server at once: nobody needs its data. */
  readonly stopSignal: 'QUIT' | 'KILL'
  /** Connects and disconnects as a client would; rejects while the server is not ready. */
  greet(port: number): Promise<void>
}

export const password = 'secret'

const prefix = 'aludel-test-'
const startSeconds = 60

// The shell is the server's parent, so the process it signals is ours without a doubt; and its standard input ends when
// the process that asked for the server ends, by whatever signal, so that no server outlives its run.
const supervisor = `
exec 3<&0
"$@" >>"$ALUDEL_SERVER_DIRECTORY/log" 2>&1 3<&- & server=$!
{ read -r _ <&3; kill -"$ALUDEL_SERVER_STOP" "$server"; } 2>/dev/null & reader=$!
wait "$server" 2>/dev/null; status=$?
kill "$reader" 2>/dev/null
[ -e "$ALUDEL_SERVER_DIRECTORY/ready" ] && rm -rf "$ALUDEL_SERVER_DIRECTORY"
exit "$status"
`

/** A new directory for one server or one run, in memory where there is room: the engines wait for the disk a lot. */
export function makeDirectory(purpose: string): string {
  sweep()
  const directory = join(roomyPlaces()[0] ?? tmpdir(), `${prefix}${purpose}-${randomBytes(4).toString('hex')}`)
  mkdirSync(directory, { mode: 0o755 })
  writeFileSync(join(directory, 'owner'), String(process.pid))
  return directory
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
}

function roomyPlaces(): readonly string[] {
  const gigabyte = 1024 ** 3
  return ['/dev/shm', tmpdir()].filter((place) => {
    try {
      accessSync(place, constants.W_OK)
      const { bavail, bsize } = statfsSync(place)
      return bavail * bsize > gigabyte
    } catch {
      return false
    }
  })
}

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}

export interface StartedServer extends Omit<MortalServer, 'url'> {
  readonly port: number
}

/** Starts a server, on another port where somebody was faster to take the first, and waits until it answers. */
export async function startServer(server: ServerProgram): Promise<StartedServer> {
  if (server.user !== null) chownSync(server.directory, server.user.uid, server.user.gid)
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const running = supervise(server, port)
    try {
      await answering(server, port, running.child)
      writeFileSync(join(server.directory, 'ready'), '')
      return mortal(server, port, running)
    } catch (error) {
      await running.stop()
      const portWasTaken = error instanceof Error && /address already in use/i.test(error.message)
      if (portWasTaken && attempt < 3) continue
      removeDirectory(server.directory)
      throw error
    }
  }
}

interface Running {
  readonly child: ChildProcess
  stop(): Promise<void>
}

function mortal(server: ServerProgram, port: number, first: Running): StartedServer {
  let running = first
  return {
    port,
    stop: () => running.stop().finally(() => removeDirectory(server.directory)),
    crash: async () => {
      // What the server leaves is wanted now, so nobody may clear it away after it.
      rmSync(join(server.directory, 'ready'), { force: true })
      const { child } = running
      const processes = child.pid === undefined ? [] : descendants(child.pid)
      for (const pid of processes) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
      await running.stop()
      while (processes.some(isAlive)) await delay(5)
    },
    revive: async () => {
      if (running.child.exitCode === null && running.child.signalCode === null) return
      running = supervise(server, port)
      await answering(server, port, running.child)
    },
  }
}

/** Every process below one, the nearest first. */
function descendants(root: number): readonly number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = listed
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const found: number[] = [root]
  for (const parent of found) for (const [pid, of] of pairs) if (of === parent && pid !== undefined) found.push(pid)
  return found.slice(1)
}

function supervise(server: ServerProgram, port: number): Running {
  const { directory, program, user, stopSignal } = server
  const child = spawn('/bin/sh', ['-c', supervisor, 'aludel-test-server', program, ...server.options(port)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A process group of its own: Ctrl-C in a terminal ends the run, and the run's end ends the server.
    detached: true,
    env: { ...process.env, ALUDEL_SERVER_DIRECTORY: directory, ALUDEL_SERVER_STOP: stopSignal },
    ...(user ?? {}),
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  if (child.pid !== undefined) writeFileSync(join(directory, 'supervisor'), String(child.pid))
  // Neither the child nor its pipe keeps the run alive: when the run ends without stopping it, the supervisor does.
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  const stop = async (): Promise<void> => {
    child.ref()
    child.stdin?.end()
    await ended
  }
  return { child, stop }
}

async function answering(server: ServerProgram, port: number, child: ChildProcess): Promise<void> {
  const log = join(server.directory, 'log')
  const deadline = Date.now() + startSeconds * 1000
  for (;;) {
    const refusal = await server.greet(port).then(
      () => null,
      (error: unknown) => String(error),
    )
    if (refusal === null) return
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended before it was ready.\n${tail(log)}`)
    }
    if (Date.now() > deadline)
      throw new Error(`The server was not ready after ${startSeconds} s: ${refusal}\n${tail(log)}`)
    await delay(20)
  }
}

export function tail(path: string): string {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return text.trimEnd().split('\n').slice(-20).join('\n')
}

/**
 * Removes what killed runs left: directories whose owner is gone. The supervisors see to that within a second, so
 * something is found only where a supervisor was killed too; then its server, if it is still there, is ended first.
 */
function sweep(): void {
  for (const place of roomyPlaces()) {
    for (const name of readdirSync(place).filter((entry) => entry.startsWith(prefix))) {
      const directory = join(place, name)
      const owner = readPid(join(directory, 'owner'))
      const keeper = readPid(join(directory, 'supervisor'))
      if (owner === null || isAlive(owner) || (keeper !== null && isAlive(keeper))) continue
      endServerOn(directory)
      removeDirectory(directory)
    }
  }
}

/** Ends exactly the server that runs on this directory: its command line names it. */
function endServerOn(directory: string): void {
  for (const file of ['data/postmaster.pid', 'server.pid']) {
    const pid = readPid(join(directory, file))
    if (pid === null || !isAlive(pid)) continue
    const commandLine = `/proc/${pid}/cmdline`
    if (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(directory)) process.kill(pid, 'SIGQUIT')
  }
}

function readPid(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10)
    return Number.isInteger(pid) && pid > 1 ? pid : null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
