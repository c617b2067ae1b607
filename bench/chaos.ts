// npm run chaos [-- --engine mysql --cases 300 --seed 1 --only alone|together --rounds 50 --verbose --write]: runs that are killed, cut off and crowded.

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { EngineMissing } from '../packages/aludel/tests/engines/server.ts'
import { type Blow, tryCase } from './chaos/case.ts'
import { chooseCases, stretches } from './chaos/cases.ts'
import { crowds } from './chaos/crowds.ts'
import type { EngineName } from './chaos/engine.ts'
import { courseOf, type Ground, prepareGround } from './chaos/ground.ts'
import { report, type Tried, title } from './chaos/report.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite,postgres,mysql' },
    cases: { type: 'string', default: '330' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    kind: { type: 'string' },
    stretch: { type: 'string' },
    rounds: { type: 'string', default: '50' },
    verbose: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const rows = 4000
const napSeconds: Readonly<Record<EngineName, number>> = { sqlite: 0.1, postgres: 0.07, mysql: 0.1 }

/** The cases of one engine, one after the other: the server is theirs to kill. */
async function tryEngine(name: EngineName, tried: Tried[]): Promise<void> {
  const chosen = stretches.filter(({ from, to }) => values.stretch === undefined || `${from}:${to}` === values.stretch)
  const ground = await prepareGround({ name, rows, nap: napSeconds[name], url: null, disk: true }, chosen)
  try {
    const courses = []
    for (const stretch of chosen) courses.push(await courseOf(ground, stretch))
    const without = missing(ground)
    const seed = Number(values.seed)
    const cases = chooseCases({ engine: name, courses, count: Number(values.cases), seed, without })
    for (const [position, one] of cases.entries()) {
      if (values.kind !== undefined && one.blow.kind !== values.kind) continue
      const outcome = await tryCase(ground, one, `chaos_${position}`)
      tried.push({ engine: name, case: one, outcome })
      if (values.verbose || outcome.kind !== 'the same') tell({ engine: name, case: one, outcome })
      else if (process.stderr.isTTY) process.stderr.write(`\r${tried.length} `)
    }
  } finally {
    await ground.end()
  }
}

function tell(one: Tried): void {
  const { kind, landed, why, milliseconds } = one.outcome
  console.log(
    `${title(one)}: ${kind}, ${landed}, ${Math.round(milliseconds)} ms${why.map((line) => `\n  ${line}`).join('')}`,
  )
}

function missing({ engine, place }: Ground): readonly Blow['kind'][] {
  if (place.fill !== null) return []
  console.log(`${engine.name}: no disk can be mounted here, so no case has a full one.`)
  return ['disk full']
}

async function hurt(names: readonly EngineName[]): Promise<{ readonly text: string; readonly good: boolean }> {
  const tried: Tried[] = []
  await Promise.all(names.map((name) => whereItIs(name, () => tryEngine(name, tried))))
  const order = (one: Tried) => names.indexOf(one.engine)
  tried.sort((one, other) => order(one) - order(other))
  const { text, table, good } = report(tried)
  console.log(`${text}\n`)
  return { text: `${tried.length} cases with seed ${values.seed}.\n\n${table}`, good }
}

async function whereItIs(name: EngineName, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof EngineMissing) || process.env.CI !== undefined) throw error
    console.log(`${name} cannot be had here: ${error.message}.`)
  }
}

async function together(names: readonly EngineName[]): Promise<{ readonly text: string; readonly good: boolean }> {
  const lines: string[] = []
  let good = true
  for (const name of names) {
    await whereItIs(name, async () => {
      const answer = await crowds({ name, processes: 16, rounds: Number(values.rounds), verbose: values.verbose })
      lines.push(...answer.lines)
      good = good && answer.good
    })
  }
  return { text: lines.map((line) => `- ${line}`).join('\n'), good }
}

const parts = [
  { name: 'alone', heading: '### Runs that are killed, cut off and out of disk', work: hurt },
  { name: 'together', heading: '### Runs that start at once', work: together },
] as const

async function main(): Promise<number> {
  const names = values.engine.split(',') as EngineName[]
  const outcomes: boolean[] = []
  for (const { name, heading, work } of parts) {
    if (values.only !== undefined && values.only !== name) continue
    const startedAt = performance.now()
    const { text, good } = await work(names)
    outcomes.push(good)
    console.log(`${text}\n\n${Math.round((performance.now() - startedAt) / 1000)} s\n`)
    if (values.write) write(heading, text)
  }
  return outcomes.every(Boolean) ? 0 : 1
}

function write(heading: string, text: string): void {
  const file = join(root, 'bench/RESULTS.md')
  const section = `${heading}\n\n${text}\n`
  const whole = readFileSync(file, 'utf8')
  const at = whole.indexOf(heading)
  const next = at === -1 ? -1 : whole.indexOf('\n### ', at + heading.length)
  const rest = next === -1 ? '' : whole.slice(next)
  writeFileSync(file, at === -1 ? `${whole.trimEnd()}\n\n${section}` : `${whole.slice(0, at)}${section}${rest}`)
  spawnSync('git', ['diff', '--stat', file], { cwd: root, stdio: 'inherit' })
}

process.exitCode = await main()
