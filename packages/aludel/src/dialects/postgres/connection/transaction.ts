// Transactions, savepoints inside them, and cursors, which need one.

import type { Value } from '../../../database/types.ts'
import { AludelError } from '../../../errors.ts'
import { quote } from '../literal.ts'
import type { Result } from './driver.ts'
import { toRows } from './values.ts'

/** One session's conversation: one question at a time, and how deep in transactions it stands. */
export interface Line {
  readonly ask: (sql: string, parameters?: readonly Value[]) => Promise<Result>
  readonly askAll: (list: readonly string[]) => Promise<readonly Result[]>
  depth: number
  cursors: number
  /** What the next questions are to be asked behind; none but at the beginning of a transaction that reads. */
  opening: readonly string[]
}

type Ends = readonly [begin: string, commit: string, rollback: string]

function endsAt(depth: number): Ends {
  if (depth === 0) return ['BEGIN', 'COMMIT', 'ROLLBACK']
  const name = `aludel_${depth}`
  return [`SAVEPOINT ${name}`, `RELEASE ${name}`, `ROLLBACK TO ${name}; RELEASE ${name}`]
}

/** Inside another it is a savepoint: what fails in it takes only itself back. */
export async function transaction<T>(line: Line, work: () => Promise<T>): Promise<T> {
  const [begin, commit, rollback] = endsAt(line.depth)
  await line.ask(begin)
  line.depth += 1
  try {
    const answer = await work()
    const { command } = await line.ask(commit)
    if (commit === 'COMMIT' && command === 'ROLLBACK') throw rolledBack()
    return answer
  } catch (error) {
    // Where the connection is gone there is nothing to take back, and the first error says so already.
    await line.ask(rollback).catch(() => undefined)
    throw error
  } finally {
    line.depth -= 1
  }
}

// Just-in-time compilation costs more than it gives for questions about the catalog.
const snapshot = ['BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY', 'SET LOCAL jit = off']

/** Nothing is sent before the first questions are, and those go with the beginning of the transaction. */
export async function reading<T>(line: Line, work: () => Promise<T>): Promise<T> {
  line.depth += 1
  line.opening = snapshot
  try {
    return await work()
  } finally {
    line.depth -= 1
    if (line.opening.length > 0) line.opening = []
    else await line.ask('ROLLBACK').catch(() => undefined)
  }
}

/** The answers to the questions alone. */
export async function questions(line: Line, list: readonly string[]): Promise<readonly Result[]> {
  const { opening } = line
  line.opening = []
  const answers = await line.askAll([...opening, ...list])
  return answers.slice(opening.length)
}

function rolledBack(): AludelError {
  return new AludelError(
    'transaction-aborted',
    'A statement of the transaction had failed, so PostgreSQL rolled it back at its end.',
    {
      hint: 'Put what may fail into a transaction of its own: db.transaction(...) inside another is a savepoint.',
    },
  )
}

/** Rows in batches from a cursor of the server, in a transaction of its own where there is none. */
export async function* stream<Row>(
  line: Line,
  sql: string,
  parameters: readonly Value[],
  size: number,
): AsyncGenerator<readonly Row[]> {
  const own = line.depth === 0
  line.cursors += 1
  const cursor = quote(`aludel_cursor_${line.cursors}`)
  if (own) await line.ask('BEGIN')
  line.depth += 1
  let failed = false
  try {
    await line.ask(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, parameters)
    for (let full = true; full; ) {
      const rows = toRows<Row>(await line.ask(`FETCH FORWARD ${size} FROM ${cursor}`))
      full = rows.length >= size
      if (rows.length > 0) yield rows
    }
  } catch (error) {
    failed = true
    throw error
  } finally {
    line.depth -= 1
    if (failed && own) await line.ask('ROLLBACK').catch(() => undefined)
    else if (!failed) await line.ask(own ? 'COMMIT' : `CLOSE ${cursor}`)
  }
}
