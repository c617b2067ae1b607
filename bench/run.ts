// npm run bench [-- --rounds 5 --only start,heads,graph,postgres]: figures beside the peers, as a table in Markdown.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { installedPostgres, startPostgres } from '../packages/aludel/tests/engines/postgres.ts'
import { benchGraph } from './graph.ts'
import { type Contestant, compete, type Measured, peakMemory, plainEnvironment } from './measure.ts'
import { type ChainSize, writeAlembicProject, writeAludelProject } from './project.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const cli = join(root, 'packages/aludel/dist/cli.js')
const size: ChainSize = { revisions: 1200, tables: 1000 }

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'start,heads,graph,postgres' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const parts = values.only.split(',')
const report: string[] = []

const folder = mkdtempSync(join(tmpdir(), 'aludel-bench-'))
try {
  mkdirSync(join(folder, 'aludel'))
  mkdirSync(join(folder, 'alembic'))
  writeAludelProject(join(folder, 'aludel'), size, join(root, 'packages/aludel'))
  writeAlembicProject(join(folder, 'alembic'), size)
  const python = pythonWith('alembic, psycopg2')
  if (parts.includes('start')) await start()
  if (parts.includes('heads')) await heads(python)
  if (parts.includes('graph')) await graph()
  if (parts.includes('postgres')) await postgres(python)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const text = `${report.join('\n')}\n`
process.stdout.write(text)
if (values.write) writeResults(text)

async function start(): Promise<void> {
  const results = await compete(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      { name: 'aludel --version', command: [process.execPath, cli, '--version'] },
      { name: 'aludel --help', command: [process.execPath, cli, '--help'] },
    ],
    rounds * 3,
  )
  table('Cold start', results, 'node -e 0')
}

async function heads(python: string | null): Promise<void> {
  const env = { DATABASE_URL: 'sqlite://' }
  const results = await compete(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      { name: 'aludel heads', command: [process.execPath, cli, 'heads'], cwd: join(folder, 'aludel') },
      { name: 'aludel history', command: [process.execPath, cli, 'history'], cwd: join(folder, 'aludel') },
      ...(python === null
        ? []
        : [
            {
              name: 'alembic heads',
              command: [python, '-m', 'alembic.config', 'heads'] as [string, ...string[]],
              cwd: join(folder, 'alembic'),
              env,
            },
          ]),
    ],
    rounds,
  )
  table(`heads on ${size.revisions} revisions`, results, 'node -e 0')
}

async function graph(): Promise<void> {
  const own = join(folder, 'graph')
  mkdirSync(own)
  const line = (text: string) => void report.push(text)
  await benchGraph({ folder: own, root, cli, rounds, python: pythonWith('alembic'), table, line })
}

async function postgres(python: string | null): Promise<void> {
  const installation = installedPostgres()
  const server = await startPostgres({ settings: 'default', ...(installation === null ? {} : { installation }) })
  try {
    await onPostgres(server.url, python)
  } finally {
    await server.stop()
  }
}

async function onPostgres(server: string, python: string | null): Promise<void> {
  const database = async (name: string): Promise<string> => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(`DROP DATABASE IF EXISTS ${name}`)
    await client.query(`CREATE DATABASE ${name}`)
    await client.end()
    return at(name)
  }
  const at = (name: string) => Object.assign(new URL(server), { pathname: `/${name}` }).href
  const aludel = (...given: readonly string[]): Contestant => ({
    name: `aludel ${given[0]}`,
    command: [process.execPath, cli, ...given, '--quiet'],
    cwd: join(folder, 'aludel'),
    env: { DATABASE_URL: at('aludel') },
  })
  const alembic = (...given: readonly string[]): readonly Contestant[] =>
    python === null
      ? []
      : [
          {
            name: `alembic ${given[0]}`,
            command: [python, '-m', 'alembic.config', ...given],
            cwd: join(folder, 'alembic'),
            env: { DATABASE_URL: at('alembic').replace('postgres:', 'postgresql:') },
          },
        ]
  const psql = program('psql')
  const dump = program('pg_dump')
  for (const direction of ['upgrade', 'downgrade']) {
    const sql = execFileSync(
      process.execPath,
      [cli, direction, '--sql', direction === 'upgrade' ? 'head' : 'head:base'],
      { cwd: join(folder, 'aludel'), env: plainEnvironment({ DATABASE_URL: at('aludel') }), maxBuffer: 1 << 28 },
    )
    writeFileSync(join(folder, `${direction}.sql`), sql)
  }
  const script = (direction: string): readonly Contestant[] =>
    psql === null
      ? []
      : [
          {
            name: `psql -f (${direction})`,
            command: [
              psql,
              '-q',
              '-v',
              'ON_ERROR_STOP=1',
              '-o',
              '/dev/null',
              '-d',
              at('psql'),
              '-f',
              join(folder, `${direction}.sql`),
            ],
          },
        ]
  const upgrades: readonly Contestant[] = [
    { ...aludel('upgrade'), before: async () => void (await database('aludel')) },
    ...alembic('upgrade', 'head').map((one) => ({ ...one, before: async () => void (await database('alembic')) })),
    ...script('upgrade').map((one) => ({ ...one, before: async () => void (await database('psql')) })),
  ]
  table(
    `upgrade: ${size.tables} tables in ${size.revisions} revisions on PostgreSQL`,
    await compete(upgrades, rounds),
    'aludel upgrade',
  )
  const checks: readonly Contestant[] = [
    aludel('check'),
    ...(dump === null || psql === null
      ? []
      : [
          { name: 'pg_dump -s', command: [dump, '-s', '-f', '/dev/null', '-d', at('aludel')] as [string, ...string[]] },
        ]),
    ...alembic('revision', '--autogenerate', '-m', 'none').map((one) => ({
      ...one,
      name: 'alembic revision --autogenerate',
      before: async () => removeGenerated(),
    })),
  ]
  table('check on the same database', await compete(checks, rounds), 'aludel check')
  removeGenerated()
  const full = async (contestant: Contestant) => {
    execFileSync(contestant.command[0], contestant.command.slice(1), {
      cwd: contestant.cwd,
      env: plainEnvironment(contestant.env),
      stdio: 'ignore',
    })
  }
  const filled = async (name: string, fill: Contestant) => {
    await database(name)
    await full(fill)
  }
  const downgrades: readonly Contestant[] = [
    { ...aludel('downgrade', 'base'), before: () => filled('aludel', aludel('upgrade')) },
    ...alembic('downgrade', 'base').map((one) => ({
      ...one,
      before: () => filled('alembic', alembic('upgrade', 'head')[0] as Contestant),
    })),
    ...script('downgrade').map((one) => ({ ...one, before: () => filled('psql', script('upgrade')[0] as Contestant) })),
  ]
  table('downgrade base of the same', await compete(downgrades, rounds), 'aludel downgrade')
  await database('aludel')
  const upMemory = await peakMemory(aludel('upgrade'))
  const checkMemory = await peakMemory(aludel('check'))
  report.push(
    '',
    '### Peak memory',
    '',
    '| command | MB |',
    '|---|---|',
    `| aludel upgrade | ${upMemory.toFixed(0)} |`,
    `| aludel check | ${checkMemory.toFixed(0)} |`,
  )
}

function removeGenerated(): void {
  for (const file of spawnSync('ls', [join(folder, 'alembic/migrations/versions')], { encoding: 'utf8' }).stdout.split(
    '\n',
  )) {
    if (file.endsWith('_none.py')) rmSync(join(folder, 'alembic/migrations/versions', file))
  }
}

function table(title: string, results: readonly Measured[], base: string): void {
  const unit = results.find((one) => one.name === base)?.median ?? 1
  report.push('', `### ${title}`, '', `| | median ms | min to max | beside ${base} |`, '|---|---|---|---|')
  for (const { name, median, minimum, maximum } of results) {
    report.push(
      `| ${name} | ${median.toFixed(0)} | ${minimum.toFixed(0)} to ${maximum.toFixed(0)} | ${(median / unit).toFixed(2)} |`,
    )
  }
}

/** A Python that has these modules; null where there is none. */
function pythonWith(modules: string): string | null {
  return (
    ['/usr/bin/python3', 'python3'].find(
      (one) => spawnSync(one, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0,
    ) ?? null
  )
}

/** A client as new as the server, where PostgreSQL's programs are installed. */
function program(name: string): string | null {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0 ? name : null
}

/** Writes the sections that were measured over those of the same titles, and leaves the others. */
function writeResults(figures: string): void {
  const file = join(root, 'bench/RESULTS.md')
  const mark = '<!-- figures: npm run bench -- --write -->'
  const [before = '', known = ''] = readFileSync(file, 'utf8').split(mark)
  const sections = new Map([...titled(known), ...titled(figures)])
  writeFileSync(file, `${before.trimEnd()}\n\n${mark}\n\n${[...sections.values()].join('\n\n')}\n`)
}

function titled(text: string): readonly (readonly [string, string])[] {
  const sections = text.split(/^(?=### )/m).filter((section) => section.startsWith('### '))
  return sections.map((section) => [section.split('\n')[0] ?? '', section.trimEnd()])
}
