// npm run corpora [-- --only sqldef-pg --id text --every 7 --limit 20 --verbose --write]: every pair of schemas on live engines.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startMariadb } from '../packages/aludel/tests/engines/mariadb.ts'
import { installedPostgres, startPostgres } from '../packages/aludel/tests/engines/postgres.ts'
import { EngineMissing, type Server } from '../packages/aludel/tests/engines/server.ts'
import { type Pair, readPairs } from './corpora/corpus.ts'
import { groundOn } from './corpora/ground.ts'
import { type Ground, type Outcome, tryPair } from './corpora/pair.ts'
import { report, type Tried } from './corpora/report.ts'
import { againstList, readUnsupported, writeUnsupported } from './corpora/unsupported.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    id: { type: 'string' },
    step: { type: 'string' },
    every: { type: 'string', default: '1' },
    limit: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const workers = 3

async function start(engine: Pair['engine']): Promise<Server> {
  if (engine === 'sqlite') return { url: 'sqlite::memory:', stop: async () => {} }
  if (engine === 'mysql') return startMariadb()
  const installation = installedPostgres()
  return startPostgres(installation === null ? {} : { installation })
}

/** The pairs of one engine, several at once. */
async function tryAll(engine: Pair['engine'], pairs: readonly Pair[], told: (tried: Tried) => void): Promise<void> {
  const server = await start(engine)
  const waiting = [...pairs]
  const described: Ground['described'] = new Map()
  const work = async () => {
    const ground = await groundOn(engine, server.url, described)
    try {
      for (let pair = waiting.shift(); pair !== undefined; pair = waiting.shift()) {
        told({ pair, outcome: await tryPair(pair, ground) })
      }
    } finally {
      await ground.server.close()
    }
  }
  try {
    await Promise.all(Array.from({ length: workers }, work))
  } finally {
    await server.stop()
  }
}

function chosen(all: readonly Pair[]): readonly Pair[] {
  const wanted = all.filter(
    ({ file, id }) =>
      (values.only === undefined || values.only.split(',').some((one) => file.startsWith(one))) &&
      (values.id === undefined || id.includes(values.id)),
  )
  const sampled = wanted.filter((_, position) => position % Number(values.every) === 0)
  return values.limit === undefined ? sampled : sampled.slice(0, Number(values.limit))
}

async function main(): Promise<number> {
  const all = readPairs(process.env.ALUDEL_CORPORA)
  if (all === null) {
    console.log('Skipped: ALUDEL_CORPORA names no folder with pairs of schemas.')
    return 0
  }
  const startedAt = performance.now()
  const pairs = chosen(all)
  const tried: Tried[] = []
  const note = (one: Tried) => {
    tried.push(one)
    if (values.verbose) show(one)
    else if (process.stderr.isTTY) process.stderr.write(`\r${tried.length}/${pairs.length}`)
  }
  for (const engine of ['sqlite', 'mysql', 'postgres'] as const) {
    const own = pairs.filter((pair) => pair.engine === engine)
    if (own.length === 0) continue
    try {
      await tryAll(engine, own, note)
    } catch (error) {
      if (!(error instanceof EngineMissing) || process.env.CI !== undefined) throw error
      console.log(`${engine} cannot be had here, ${own.length} pairs are skipped: ${error.message}.`)
    }
  }
  const order = new Map(pairs.map((pair, position) => [pair, position]))
  tried.sort((one, other) => (order.get(one.pair) ?? 0) - (order.get(other.pair) ?? 0))
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const { text, table } = report(tried)
  console.log(`${process.stderr.isTTY ? '\n' : ''}${text}\n\n${table}\n\n${seconds} s`)
  if (values.write) {
    write(table)
    if (pairs.length === all.length) writeUnsupported(tried)
  }
  const list = readUnsupported()
  const changed = tried
    .filter(({ outcome }) => outcome.kind !== 'failed')
    .map(({ pair, outcome }) => againstList(pair, outcome, list))
    .filter((line) => line !== '')
  for (const line of changed) console.log(line)
  return changed.length > 0 || tried.some(({ outcome }) => outcome.kind === 'failed') ? 1 : 0
}

function show({ pair, outcome }: { readonly pair: Pair; readonly outcome: Outcome }): void {
  if (outcome.kind !== 'failed') return
  console.log(`\n=== ${pair.file} ${pair.id}: ${outcome.step}: ${outcome.reason}`)
  console.log(`--- from\n${pair.from}\n--- to\n${pair.to}\n--- sent\n${outcome.detail}`)
}

function write(table: string): void {
  const file = join(root, 'bench/RESULTS.md')
  const title = '### Pairs of schemas on live engines'
  const section = `${title}\n\n${table}\n`
  const text = readFileSync(file, 'utf8')
  const at = text.indexOf(title)
  const next = at === -1 ? -1 : text.indexOf('\n### ', at + title.length)
  const rest = next === -1 ? '' : text.slice(next)
  writeFileSync(file, at === -1 ? `${text.trimEnd()}\n\n${section}` : `${text.slice(0, at)}${section}${rest}`)
  spawnSync('git', ['diff', '--stat', file], { cwd: root, stdio: 'inherit' })
}

process.exitCode = await main()
