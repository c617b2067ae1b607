// Questions that do not wait for each other's answers, in one message: the server goes on while the answers are read.

import type { Connection, QueryResult } from '../../../database/types.ts'
import { sessionOf } from './session.ts'

interface Waiting {
  readonly sql: string
  answer(result: QueryResult<unknown>): void
  fail(error: unknown): void
}

/** The connection, but what is asked of it at one time goes to the server together; where one question fails, all do. */
export function together(db: Connection): Connection {
  let waiting: Waiting[] = []
  const send = () => {
    const list = waiting
    waiting = []
    askAll(db, list).catch((error: unknown) => {
      for (const one of list) one.fail(error)
    })
  }
  const query = (sql: string, parameters: Parameters<Connection['query']>[1] = []) => {
    if (parameters.length > 0) return db.query(sql, parameters)
    return new Promise<QueryResult<unknown>>((answer, fail) => {
      if (waiting.length === 0) queueMicrotask(send)
      waiting.push({ sql, answer, fail })
    })
  }
  return Object.assign(Object.create(db) as Connection, { query })
}

/** A connection of somebody else's may take no more than one question at a time. */
async function askAll(db: Connection, list: readonly Waiting[]): Promise<void> {
  const session = sessionOf(db)
  if (session === null) {
    for (const { sql, answer } of list) answer(await db.query(sql))
    return
  }
  const results = await session.queries(list.map(({ sql }) => sql))
  for (const [at, { answer }] of list.entries()) answer(results[at] ?? { rows: [], affected: 0 })
}
