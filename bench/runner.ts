// What a run costs beside its statements: an upgrade with nothing to do, and lock, history and checks for each revision.

import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connect, downgrade, upgrade } from '../packages/aludel/src/index.ts'
import { counted } from '../packages/aludel/tests/engines/counted.ts'
import { startMariadb } from '../packages/aludel/tests/engines/mariadb.ts'
import { EngineMissing } from '../packages/aludel/tests/engines/server.ts'
import { type Bench, compete, middle, plainEnvironment } from './measure.ts'
import { emptyDatabase } from './postgres.ts'
import { writeAludelProject, writeProject } from './project.ts'

export interface RunnerBench extends Bench {
  /** The address of a PostgreSQL server. */
  readonly server: string
}

const applied = 1000

export async function benchRunner(bench: RunnerBench): Promise<void> {
  const { folder, root } = bench
  const chain = join(folder, 'applied')
  mkdirSync(chain)
  writeAludelProject(chain, { revisions: applied, tables: applied }, join(root, 'packages/aludel'))
  const small = join(folder, 'small')
  mkdirSync(small)
  writeProject(small, join(root, 'packages/aludel'), Object.fromEntries(smallRevisions()))
  const databases: [string, string, string][] = [
    ['SQLite', `sqlite:${join(folder, 'applied.db')}`, `sqlite:${join(folder, 'small.db')}`],
    ['PostgreSQL', await emptyDatabase(bench.server, 'applied'), await emptyDatabase(bench.server, 'small')],
  ]
  const measure = async (all: readonly [string, string, string][]) => {
    await nothingToDo(bench, chain, all)
    for (const [name, , url] of all) await perRevision(bench, name, small, url)
  }
  await withMariadb(
    async (one, other) => void databases.push(['MariaDB', one, other]),
    () => measure(databases),
  )
}

/** Whole processes. */
async function nothingToDo(bench: Bench, cwd: string, databases: readonly [string, string, string][]): Promise<void> {
  const { cli, rounds } = bench
  const asked: string[] = []
  const contestants = []
  for (const [name, url] of databases) {
    // What the driver alone costs, which no run can do without.
    const driver = drivers[name] ?? ''
    const loading = [process.execPath, '-e', `require('${driver}')`] as const
    contestants.push({ name: `node -e "require('${driver}')"`, command: loading, cwd: bench.root })
    const command = [process.execPath, cli, 'upgrade', '--quiet', '--url', url] as const
    execFileSync(process.execPath, command.slice(1), { cwd, env: plainEnvironment(), stdio: 'ignore' })
    contestants.push({ name: `aludel upgrade on ${name}`, command, cwd })
    const own = await connect(url, { cwd })
    const watched = counted(own)
    await upgrade({ connect: () => watched.db }, { cwd })
    asked.push(`${watched.count()} on ${name}`)
    await own.close()
  }
  const bare = { name: 'node -e 0', command: [process.execPath, '-e', '0'] as const }
  const results = await compete([bare, ...contestants], rounds * 2)
  bench.table(`upgrade with nothing to do, ${applied} revisions applied`, results, bare.name)
  bench.line(`\nQuestions to the database: ${asked.join(', ')}.`)
}

const drivers: Readonly<Record<string, string>> = { SQLite: 'libsql', PostgreSQL: 'pg', MariaDB: 'mysql2' }

const steps = 200

function smallRevisions(): readonly (readonly [string, string])[] {
  return Array.from({ length: steps }, (_, at) => {
    const [id, down] = [identifier(at), at === 0 ? 'null' : `'${identifier(at - 1)}'`]
    const table = `t_${at}`
    return [
      `${id}.ts`,
      `import type { Operations } from 'aludel'
import { integer, string } from 'aludel/schema'

export const revision = '${id}'
export const downRevision = ${down}

export function upgrade(op: Operations) {
  op.createTable('${table}', { id: integer().primaryKey(), name: string(50).notNull() })
  op.createIndex('ix_${table}', '${table}', ['name'])
}

export function downgrade(op: Operations) {
  op.dropTable('${table}')
}
`,
    ]
  })
}

const identifier = (at: number) => `s${String(at).padStart(4, '0')}`

/** In one process, on one connection: the run, and its statements alone, each revision's in a transaction of its own. */
async function perRevision(bench: Bench, name: string, cwd: string, url: string): Promise<void> {
  const db = await connect(url, { cwd })
  const config = { connect: () => db }
  const texts: string[][] = []
  const [ran, bare]: [number[], number[]] = [[], []]
  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const startedAt = performance.now()
    await work()
    into.push((performance.now() - startedAt) / steps)
  }
  const progress = ({ kind, ...event }: { readonly kind: string; readonly sql?: string }) => {
    if (kind === 'step-started') texts.push([])
    if (kind === 'statement' && event.sql !== undefined) texts.at(-1)?.push(event.sql)
  }
  for (let round = 0; round <= bench.rounds; round += 1) {
    texts.length = 0
    await timed(ran, () => upgrade(config, { cwd, progress }))
    await downgrade(config, { cwd, target: 'base' })
    const all = texts.flat()
    await timed(bare, async () => {
      for (let at = 0; at < all.length; at += 2) await db.transaction(() => db.statements(all.slice(at, at + 2)))
    })
    for (let at = 0; at < steps; at += 1) await db.statements([`DROP TABLE t_${at}`])
  }
  await db.close()
  // The first round warms both up.
  const [one, other] = [middle(ran.slice(1)), middle(bare.slice(1))]
  if (name === 'SQLite')
    bench.line(
      `\n### A revision of two statements, ${steps} in a row\n\n| | run, ms | statements alone, ms | lock, history and checks, ms |\n|---|---|---|---|`,
    )
  bench.line(`| ${name} | ${one.toFixed(2)} | ${other.toFixed(2)} | ${(one - other).toFixed(2)} |`)
}

async function withMariadb(
  found: (one: string, other: string) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  const server = await startMariadb({ settings: 'default' }).catch((error: unknown) => {
    if (error instanceof EngineMissing) return null
    throw error
  })
  try {
    if (server !== null) {
      const db = await connect(server.url)
      for (const name of ['applied', 'small']) await db.query(`CREATE DATABASE ${name}`)
      await db.close()
      const at = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
      await found(at('applied'), at('small'))
    }
    await work()
  } finally {
    await server?.stop()
  }
}
