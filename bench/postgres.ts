// The whole chain on PostgreSQL: upgrade, check and downgrade beside Alembic, and beside psql with the scripts that we print.

import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Bench, type Contestant, compete, peakMemory, plainEnvironment } from './measure.ts'
import type { ChainSize } from './project.ts'

export const postgresParts: readonly string[] = ['upgrade', 'check', 'downgrade', 'memory']

export interface PostgresBench extends Bench {
  /** The address of a server. */
  readonly server: string
  /** A Python that has Alembic; null where there is none. */
  readonly python: string | null
  readonly size: ChainSize
  readonly parts: readonly string[]
}

export async function benchPostgres(bench: PostgresBench): Promise<void> {
  const peers = peersOf(bench)
  for (const direction of ['upgrade', 'downgrade'] as const) writeScript(bench, direction)
  if (bench.parts.includes('upgrade')) await upgrades(bench, peers)
  if (bench.parts.includes('check')) await checks(bench, peers)
  if (bench.parts.includes('downgrade')) await downgrades(bench, peers)
  if (bench.parts.includes('memory')) await memory(bench, peers)
}

/** Makes the database anew; its address. */
export async function emptyDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${name}`)
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return addressOf(server, name)
}

function addressOf(server: string, name: string): string {
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

interface Peers {
  aludel(...given: readonly string[]): Contestant
  /** None where there is no Alembic. */
  alembic(...given: readonly string[]): readonly Contestant[]
  /** None where there is no psql. */
  psql(direction: 'upgrade' | 'downgrade'): readonly Contestant[]
  dump(): readonly Contestant[]
}

function peersOf({ folder, cli, server, python }: PostgresBench): Peers {
  const psqlOptions = ['-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', addressOf(server, 'psql')]
  return {
    aludel: (...given) => ({
      name: `aludel ${given[0]}`,
      command: [process.execPath, cli, ...given, '--quiet'],
      cwd: join(folder, 'aludel'),
      env: { DATABASE_URL: addressOf(server, 'aludel') },
    }),
    alembic: (...given) => {
      if (python === null) return []
      const env = { DATABASE_URL: addressOf(server, 'alembic').replace('postgres:', 'postgresql:') }
      const command = [python, '-m', 'alembic.config', ...given] as const
      return [{ name: `alembic ${given[0]}`, command, cwd: join(folder, 'alembic'), env }]
    },
    psql: (direction) => {
      if (!isInstalled('psql')) return []
      const command = ['psql', ...psqlOptions, '-f', join(folder, `${direction}.sql`)] as const
      return [{ name: `psql -f (${direction})`, command }]
    },
    dump: () => {
      if (!isInstalled('pg_dump')) return []
      const command = ['pg_dump', '-s', '-f', '/dev/null', '-d', addressOf(server, 'aludel')] as const
      return [{ name: 'pg_dump -s', command }]
    },
  }
}

/** A client as new as the server, where PostgreSQL's programs are installed. */
export function isInstalled(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0
}

function writeScript({ folder, cli, server }: PostgresBench, direction: 'upgrade' | 'downgrade'): void {
  const range = direction === 'upgrade' ? 'head' : 'head:base'
  const sql = execFileSync(process.execPath, [cli, direction, '--sql', range], {
    cwd: join(folder, 'aludel'),
    env: plainEnvironment({ DATABASE_URL: addressOf(server, 'aludel') }),
    maxBuffer: 1 << 28,
  })
  writeFileSync(join(folder, `${direction}.sql`), sql)
}

async function upgrades({ server, size, rounds, table, python }: PostgresBench, peers: Peers): Promise<void> {
  const onEmpty = (name: string) => (one: Contestant) => ({
    ...one,
    before: async () => void (await emptyDatabase(server, name)),
  })
  const scripts = peers.psql('upgrade')
  const contestants = [
    onEmpty('aludel')(peers.aludel('upgrade')),
    ...peers.alembic('upgrade', 'head').map(onEmpty('alembic')),
    ...scripts.map(onEmpty('psql')),
  ]
  table(
    titled(`upgrade: ${size.tables} tables in ${size.revisions} revisions on PostgreSQL`, python),
    await compete(contestants, rounds),
    scripts[0]?.name ?? 'aludel upgrade',
  )
}

/** Without Alembic the rounds are other rounds, so the figures stand by themselves. */
function titled(title: string, python: string | null): string {
  return python === null ? `${title}, beside psql alone` : title
}

async function checks(bench: PostgresBench, peers: Peers): Promise<void> {
  await filled(bench, 'aludel', peers.aludel('upgrade'))
  for (const alembic of peers.alembic('upgrade', 'head')) await filled(bench, 'alembic', alembic)
  const contestants = [
    peers.aludel('check'),
    ...peers.dump(),
    ...peers.alembic('revision', '--autogenerate', '-m', 'none').map((one) => ({
      ...one,
      name: 'alembic revision --autogenerate',
      before: async () => removeGenerated(bench),
    })),
  ]
  bench.table('check on the same database', await compete(contestants, bench.rounds), 'aludel check')
  removeGenerated(bench)
}

async function downgrades(bench: PostgresBench, peers: Peers): Promise<void> {
  const after = (name: string, fill: readonly Contestant[]) => (one: Contestant) => ({
    ...one,
    before: async () => {
      for (const first of fill) await filled(bench, name, first)
    },
  })
  const scripts = peers.psql('downgrade')
  const contestants = [
    after('aludel', [peers.aludel('upgrade')])(peers.aludel('downgrade', 'base')),
    ...peers.alembic('downgrade', 'base').map(after('alembic', peers.alembic('upgrade', 'head'))),
    ...scripts.map(after('psql', peers.psql('upgrade'))),
  ]
  const results = await compete(contestants, bench.rounds)
  bench.table(titled('downgrade base of the same', bench.python), results, scripts[0]?.name ?? 'aludel downgrade')
}

/** Fills an empty database, not timed. */
async function filled({ server }: PostgresBench, name: string, { command, cwd, env }: Contestant): Promise<void> {
  await emptyDatabase(server, name)
  execFileSync(command[0], command.slice(1), { cwd, env: plainEnvironment(env), stdio: 'ignore' })
}

async function memory({ server, line }: PostgresBench, peers: Peers): Promise<void> {
  await emptyDatabase(server, 'aludel')
  const upgrade = await peakMemory(peers.aludel('upgrade'))
  const check = await peakMemory(peers.aludel('check'))
  line('\n### Peak memory\n\n| command | MB |\n|---|---|')
  line(`| aludel upgrade | ${upgrade.toFixed(0)} |\n| aludel check | ${check.toFixed(0)} |`)
}

function removeGenerated({ folder }: PostgresBench): void {
  const versions = join(folder, 'alembic/migrations/versions')
  for (const file of readdirSync(versions)) if (file.endsWith('_none.py')) rmSync(join(versions, file))
}
