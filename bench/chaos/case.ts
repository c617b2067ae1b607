// One case: a run is hurt, another one follows, and what there is then is held against a run that nobody hurt.

import { setTimeout as delay } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { beginning, type Course, doneSince, type Ground, wordsOf } from './ground.ts'
import { type Ended, type Kill, launch, type Running } from './process.ts'
import { startProxy } from './proxy.ts'
import { differences, readHistory, readState } from './state.ts'

/** What hurts a run. A moment is a statement, and how many milliseconds after it was sent. */
export type Blow =
  | { readonly kind: 'killed at a statement'; readonly kill: Kill }
  | { readonly kind: 'killed inside' | 'connection cut' | 'session ended' | 'server killed'; readonly moment: Moment }
  | { readonly kind: 'disk full'; readonly left: number }

export interface Moment {
  readonly statement: number
  readonly after: number
}

export interface Case {
  readonly course: Course
  readonly blow: Blow
}

export interface Outcome {
  readonly kind: 'the same' | 'undecided' | 'different'
  /** Where the blow came down. */
  readonly landed: 'in a statement' | 'between statements' | 'not at all'
  readonly why: readonly string[]
  readonly milliseconds: number
}

const patience = 90_000

export async function tryCase(ground: Ground, one: Case, database: string): Promise<Outcome> {
  const startedAt = performance.now()
  const url = await beginning(ground, one.course, database)
  const hurt = await strike(ground, one, url)
  const again = await within(launch({ folder: ground.project, url, words: wordsOf(one.course) }))
  const why = await compared(ground, one, url, hurt, again)
  await ground.engine.drop(database)
  const undecided = again.code !== 0 && again.refusal?.code === 'broken-off'
  return {
    kind: why.length === 0 ? 'the same' : undecided ? 'undecided' : 'different',
    landed: landing(one.blow, hurt),
    why: why.length === 0 ? [] : [...why, `hurt: ${tail(hurt)}`],
    milliseconds: performance.now() - startedAt,
  }
}

async function compared(
  ground: Ground,
  { course }: Case,
  url: string,
  hurt: Ended,
  again: Ended,
): Promise<readonly string[]> {
  if (again.code !== 0)
    return [`${again.refusal?.code ?? `exit ${again.code}`}: ${again.refusal?.message ?? again.output}`]
  const stack = /\n {4}at /.test(hurt.output) ? [`A stack was shown: ${hurt.output}`] : []
  const done = doneSince(await readHistory(url), ground.lastRow(course)).join()
  const steps = done === course.done.join() ? [] : [`done was ${done}, not ${course.done.join()}`]
  return [...stack, ...differences(await readState(url, ground.engine.name), course.state), ...steps]
}

function strike(ground: Ground, { course, blow }: Case, url: string): Promise<Ended> {
  const words = { folder: ground.project, url, words: wordsOf(course) }
  switch (blow.kind) {
    case 'killed at a statement':
      return within(launch({ ...words, kill: blow.kill }))
    case 'killed inside': {
      const running = launch({ ...words, sent: at(blow.moment, () => void running.child.kill('SIGKILL')) })
      return within(running)
    }
    case 'connection cut':
      return cut(blow.moment, words)
    case 'session ended':
      return struck(words, blow.moment, () => endSessions(ground, url))
    case 'server killed':
      return crashed(ground, blow.moment, words)
    case 'disk full':
      return filled(ground, blow.left, words)
  }
}

type Words = Parameters<typeof launch>[0]

function at(moment: Moment, work: () => void): NonNullable<Words['sent']> {
  return ({ number }) => {
    if (number === moment.statement) setTimeout(work, moment.after)
  }
}

/** Waits for what is done at the moment, too, where it comes. */
async function struck(words: Words, moment: Moment, work: () => Promise<void>): Promise<Ended> {
  let working: Promise<void> = Promise.resolve()
  const ended = await within(
    launch({
      ...words,
      sent: at(moment, () => {
        working = work()
      }),
    }),
  )
  await working
  return ended
}

async function cut(moment: Moment, words: Words): Promise<Ended> {
  const proxy = await startProxy(words.url)
  try {
    return await struck({ ...words, url: proxy.url(words.url) }, moment, async () => proxy.cut())
  } finally {
    await proxy.close()
  }
}

async function crashed(ground: Ground, moment: Moment, words: Words): Promise<Ended> {
  const ended = await struck(words, moment, async () => ground.server?.crash())
  await ground.server?.revive()
  return ended
}

/** A server may wait until there is room again: then there is. */
async function filled(ground: Ground, left: number, words: Words): Promise<Ended> {
  ground.place.fill?.(left)
  const running = launch(words)
  await Promise.race([running.ended, delay(5000)])
  ground.place.empty()
  const ended = await within(running)
  await ground.server?.revive()
  return ended
}

/** As an administrator ends them. */
async function endSessions({ engine }: Ground, url: string): Promise<void> {
  const { pathname } = new URL(url)
  const database = pathname.slice(1)
  const others = new URL(url)
  others.pathname = engine.name === 'postgres' ? '/postgres' : '/mysql'
  if (engine.name === 'postgres') {
    const client = new pg.Client({ connectionString: others.href })
    await client.connect()
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database])
    await client.end()
    return
  }
  const connection = await mysql.createConnection(others.href)
  const [rows] = await connection.query('SELECT id FROM information_schema.processlist WHERE db = ?', [database])
  for (const { id } of rows as { id: number }[]) await connection.query(`KILL ${Number(id)}`).catch(() => undefined)
  await connection.end()
}

async function within(running: Running): Promise<Ended> {
  const timer = setTimeout(() => running.child.kill('SIGKILL'), patience)
  try {
    return await running.ended
  } finally {
    clearTimeout(timer)
  }
}

function landing({ kind }: Blow, { sent, code }: Ended): Outcome['landed'] {
  if (code === 0 || sent.length === 0) return 'not at all'
  if (kind === 'disk full') return 'in a statement'
  return sent.at(-1)?.answeredAt === null || kind === 'session ended' ? 'in a statement' : 'between statements'
}

function tail({ sent, code, refusal }: Ended): string {
  const last = sent.at(-1)
  const how = code === null ? 'killed' : `exit ${code} ${refusal?.code ?? ''}`
  return `${how} at ${last?.number ?? 0}${last?.answeredAt === null ? ' (no answer)' : ''}: ${last?.text ?? ''}`
}
