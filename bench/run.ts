// npm run bench [-- --rounds 5 --only start,heads,upgrade]: figures beside the peers, as a table in Markdown.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installedPostgres, startPostgres } from '../packages/aludel/tests/engines/postgres.ts'
import { makeDirectory, removeDirectory } from '../packages/aludel/tests/engines/server.ts'
import { benchAutogenerate } from './autogenerate.ts'
import { benchGraph } from './graph.ts'
import { compete, type Measured } from './measure.ts'
import { benchPostgres, emptyDatabase, postgresParts } from './postgres.ts'
import { type ChainSize, writeAlembicProject, writeAludelProject } from './project.ts'
import { benchRebuild } from './rebuild.ts'
import { benchRows } from './rows.ts'
import { benchRunner } from './runner.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const cli = join(root, 'packages/aludel/dist/cli.js')
const size: ChainSize = { revisions: 1200, tables: 1000 }

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: {
      type: 'string',
      default: ['start', 'heads', 'graph', ...postgresParts, 'rows', 'rebuild', 'autogenerate', 'runner'].join(),
    },
    without: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const parts = values.only.split(',')
const report: string[] = []
const line = (text: string) => void report.push(text)
const bench = { root, cli, rounds, table, line }

// In memory where there is room: what the disk does would hide what the programs do.
const folder = makeDirectory('bench')
try {
  mkdirSync(join(folder, 'aludel'))
  mkdirSync(join(folder, 'alembic'))
  writeAludelProject(join(folder, 'aludel'), size, join(root, 'packages/aludel'))
  writeAlembicProject(join(folder, 'alembic'), size)
  const python = pythonWith('alembic, psycopg2')
  if (parts.includes('start')) await start()
  if (parts.includes('heads')) await heads(python)
  if (parts.includes('graph')) await graph()
  if (parts.some((part) => postgresParts.includes(part))) await postgres(python)
  if (parts.includes('rows')) await rows()
  if (parts.includes('rebuild')) await rebuild()
  if (parts.includes('autogenerate')) await autogenerate(python)
  if (parts.includes('runner')) await runner()
} finally {
  removeDirectory(folder)
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
  await benchGraph({ ...bench, folder: own, python: pythonWith('alembic') })
}

/** A server with its default settings, durability included; its data lies in memory where the machine has room there. */
async function withPostgres(work: (server: string) => Promise<void>): Promise<void> {
  const installation = installedPostgres()
  const server = await startPostgres({ settings: 'default', ...(installation === null ? {} : { installation }) })
  try {
    await work(server.url)
  } finally {
    await server.stop()
  }
}

function postgres(python: string | null): Promise<void> {
  return withPostgres((server) => benchPostgres({ ...bench, folder, server, python, size, parts }))
}

function rows(): Promise<void> {
  const own = join(folder, 'rows')
  mkdirSync(own)
  return withPostgres((server) => benchRows({ ...bench, folder: own, database: (name) => emptyDatabase(server, name) }))
}

function rebuild(): Promise<void> {
  const own = join(folder, 'rebuild')
  mkdirSync(own)
  return benchRebuild({ ...bench, folder: own })
}

function autogenerate(python: string | null): Promise<void> {
  const own = join(folder, 'autogenerate')
  mkdirSync(own)
  return withPostgres((server) => benchAutogenerate({ ...bench, folder: own, server, python }))
}

function runner(): Promise<void> {
  const own = join(folder, 'runner')
  mkdirSync(own)
  return withPostgres((server) => benchRunner({ ...bench, folder: own, server }))
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

/** A Python that has these modules, BENCH_PYTHON before others; null where there is none, and with `--without alembic`. */
function pythonWith(modules: string): string | null {
  if (values.without === 'alembic') return null
  return (
    [process.env.BENCH_PYTHON ?? '/usr/bin/python3', 'python3'].find(
      (one) => spawnSync(one, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0,
    ) ?? null
  )
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
