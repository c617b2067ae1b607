// What autogenerate takes where nothing differs: `check` on 1,000 and 10,000 tables beside a schema dump and Alembic.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { check, connect } from '../packages/aludel/src/index.ts'
import { counted } from '../packages/aludel/tests/engines/counted.ts'
import { startMariadb } from '../packages/aludel/tests/engines/mariadb.ts'
import { EngineMissing } from '../packages/aludel/tests/engines/server.ts'
import { idsInLine, writeAlembicTables, writeManyTables } from './many-tables.ts'
import { type Bench, type Contestant, compete, type Measured, peakMemory, plainEnvironment } from './measure.ts'
import { emptyDatabase, isInstalled } from './postgres.ts'

export interface AutogenerateBench extends Bench {
  /** The address of a PostgreSQL server. */
  readonly server: string
  /** A Python that has Alembic; null where there is none. */
  readonly python: string | null
}

/** So many tables are made by one revision: each takes some locks, and a server has not endlessly many. */
const tablesAtOnce = 1000

export async function benchAutogenerate(bench: AutogenerateBench): Promise<void> {
  const thousand = await onPostgres(bench, 1000)
  const tenThousand = await onPostgres({ ...bench, python: null, rounds: Math.min(bench.rounds, 3) }, 10_000)
  growth(bench, thousand, tenThousand)
  await elsewhere(bench)
}

interface Project {
  readonly folder: string
  readonly url: string
  readonly tables: number
}

/** `check` in a project whose database is as its models say. */
function aludel({ cli }: Bench, { folder, url, tables }: Project, name = 'aludel check'): Contestant {
  const env = { DATABASE_URL: url, BENCH_TABLES: String(tables) }
  return { name, command: [process.execPath, cli, 'check', '--quiet'], cwd: folder, env }
}

async function onPostgres(bench: AutogenerateBench, tables: number): Promise<PostgresFigures> {
  const url = await emptyDatabase(bench.server, `tables_${tables}`)
  const project = makeProject(bench, { folder: join(bench.folder, `aludel-${tables}`), url, tables })
  const contestants = [
    aludel(bench, project),
    ...(isInstalled('pg_dump')
      ? [{ name: 'pg_dump -s', command: ['pg_dump', '-s', '-f', '/dev/null', '-d', url] as const }]
      : []),
    ...(bench.python === null ? [] : [await alembic(bench, project, bench.python)]),
  ]
  const results = await compete(contestants, bench.rounds)
  bench.table(`check on ${tables} tables of PostgreSQL`, results, contestants[1]?.name ?? 'aludel check')
  return { tables, check: results[0]?.median ?? 0, peak: await peakMemory(aludel(bench, project)) }
}

interface PostgresFigures {
  readonly tables: number
  readonly check: number
  /** In megabytes. */
  readonly peak: number
}

function growth({ line }: Bench, ...[small, large]: readonly [PostgresFigures, PostgresFigures]): void {
  line('\n### check on PostgreSQL, by the number of tables\n\n| tables | median ms | peak MB |\n|---|---|---|')
  for (const { tables, check: median, peak } of [small, large]) {
    line(`| ${tables} | ${median.toFixed(0)} | ${peak.toFixed(0)} |`)
  }
  line(
    `\n${large.tables / small.tables} times the tables take ${(large.check / small.check).toFixed(1)} times as long.`,
  )
}

/** A project with a revision for every thousand tables, all of them written by `migrate` and applied. */
function makeProject({ root, cli }: Bench, project: Project): Project {
  const { folder, url, tables } = project
  mkdirSync(folder, { recursive: true })
  writeManyTables(folder, join(root, 'packages/aludel'))
  for (let size = Math.min(tablesAtOnce, tables); size <= tables; size += tablesAtOnce) {
    const env = plainEnvironment({ DATABASE_URL: url, BENCH_TABLES: String(size) })
    for (const given of [
      ['migrate', '-m', `Tables up to number ${size}`],
      ['upgrade', '--quiet'],
    ]) {
      execFileSync(process.execPath, [cli, ...given], { cwd: folder, env, stdio: 'ignore' })
    }
  }
  return project
}

/** Alembic on a copy without the table that is a stranger to it; what it compares by is its own `check`, where it has one. */
async function alembic(bench: AutogenerateBench, project: Project, python: string): Promise<Contestant> {
  const folder = join(bench.folder, `alembic-${project.tables}`)
  const versions = join(project.folder, 'migrations/versions')
  writeAlembicTables(folder, idsInLine(readdirSync(versions).map((file) => join(versions, file))))
  const hasCheck = spawnSync(python, ['-c', 'from alembic.command import check'], { stdio: 'ignore' }).status === 0
  const version = execFileSync(python, ['-c', 'import alembic; print(alembic.__version__)'], {
    encoding: 'utf8',
  }).trim()
  const verb = hasCheck ? ['check'] : ['revision', '--autogenerate', '-m', 'none']
  return {
    name: `alembic ${version} ${verb.slice(0, 2).join(' ')}`,
    command: [python, '-m', 'alembic.config', ...verb],
    cwd: folder,
    env: {
      DATABASE_URL: project.url.replace('postgres:', 'postgresql:'),
      BENCH_TABLES: String(project.tables),
    },
    before: async () => void removeGenerated(folder),
  }
}

function removeGenerated(folder: string): void {
  const versions = join(folder, 'migrations/versions')
  execFileSync('find', [versions, '-name', '*_none.py', '-delete'])
}

/** Every engine with 1,000 tables: what it takes, and how often the engine is asked. */
async function elsewhere(bench: AutogenerateBench): Promise<void> {
  const tables = 1000
  const [results, asked]: [Measured[], Map<string, number>] = [[], new Map()]
  const measure = async (name: string, url: string) => {
    const project = makeProject(bench, { folder: join(bench.folder, `on-${name}`), url, tables })
    results.push(...(await compete([aludel(bench, project, name)], bench.rounds)))
    asked.set(name, await questions(project))
  }
  await measure('PostgreSQL', await emptyDatabase(bench.server, 'tables_asked'))
  await measure('SQLite', `sqlite:${join(bench.folder, 'many.db')}`)
  await withMariadb((url) => measure('MariaDB', url))
  bench.line(
    `\n### check on ${tables} tables of each engine\n\n| | median ms | min to max | statements |\n|---|---|---|---|`,
  )
  for (const { name, median, minimum, maximum } of results) {
    const range = `${minimum.toFixed(0)} to ${maximum.toFixed(0)}`
    bench.line(`| ${name} | ${median.toFixed(0)} | ${range} | ${asked.get(name)} |`)
  }
}

async function questions({ folder, url, tables }: Project): Promise<number> {
  process.env.BENCH_TABLES = String(tables)
  const schema = () => import(pathToFileURL(join(folder, 'models.ts')).href)
  const own = await connect(url, { cwd: folder })
  const watched = counted(own)
  try {
    const { differences } = await check({ connect: () => watched.db, schema }, { cwd: folder })
    if (differences.length > 0) throw new Error(`${differences.length} differences where there should be none.`)
    return watched.count()
  } finally {
    await own.close()
  }
}

async function withMariadb(work: (url: string) => Promise<void>): Promise<void> {
  try {
    const server = await startMariadb()
    try {
      const db = await connect(server.url)
      await db.script('CREATE DATABASE many CHARACTER SET utf8mb4').finally(() => db.close())
      await work(Object.assign(new URL(server.url), { pathname: '/many' }).href)
    } finally {
      await server.stop()
    }
  } catch (error) {
    if (!(error instanceof EngineMissing)) throw error
  }
}
