// A connection to MariaDB or MySQL in the manners of the house.

import type { Connection, Server, StatementFailure, Value } from '../../../database/types.ts'
import { split } from '../split.ts'
import type { BackslashEscapes } from '../tokens.ts'
import { dependantsOf } from './dependants.ts'
import { bind } from './parameters.ts'
import type { Answer, Wire } from './wire.ts'

export interface SessionFacts {
  readonly server: Server
  readonly address: string
  readonly escapes: BackslashEscapes
  /** The server's number of this session. */
  readonly number: number
  /** Ends the statement that runs now, from another connection. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** What only this room asks of a connection. */
export interface MysqlConnection extends Connection {
  /** The server's number of this session. */
  readonly sessionNumber: number
  /** The rows of every result that a statement gives: a block of several statements gives one for each. */
  results(sql: string): Promise<readonly (readonly Readonly<Record<string, unknown>>[])[]>
}

export function connectionOver(wire: Wire, facts: SessionFacts): MysqlConnection {
  const { server, address, escapes } = facts
  const send = (sql: string): Promise<Answer> => sendExplained(wire, sql)
  return {
    dialect: 'mysql',
    server,
    address,
    sessionNumber: facts.number,
    query: async <Row>(sql: string, parameters: readonly Value[] = []) => {
      const { rows, affected } = await send(bind(sql, parameters, escapes))
      return { rows: rows as readonly Row[], affected }
    },
    results: async (sql) => (await wire.results(sql)).map(({ rows }) => rows),
    stream: <Row>(sql: string, parameters: readonly Value[], size: number) =>
      wire.chunks(bind(sql, parameters, escapes), size) as AsyncIterable<readonly Row[]>,
    statements: async (list) => {
      for (const [position, sql] of list.entries()) {
        await send(sql).catch((cause: unknown) => {
          throw statementFailure(position, cause)
        })
      }
    },
    script: async (sql) => {
      for (const statement of split(sql, escapes)) await send(statement)
    },
    transaction: transactionsOver(send),
    cancel: facts.cancel,
    close: facts.close,
  }
}

/** Null where somebody else made the connection. */
export function sessionNumberOf(db: Connection): number | null {
  return 'sessionNumber' in db ? (db as MysqlConnection).sessionNumber : null
}

async function sendExplained(wire: Wire, sql: string): Promise<Answer> {
  try {
    return await wire.send(sql)
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === 1451) {
      const dependants = await dependantsOf(wire, sql).catch(() => [])
      if (dependants.length > 0) Object.assign(error, { dependants })
    }
    throw error
  }
}

function statementFailure(position: number, cause: unknown): Error & StatementFailure {
  const message = cause instanceof Error ? cause.message : String(cause)
  return Object.assign(new Error(message, { cause }), { name: 'StatementFailure' as const, position, cause })
}

type Send = (sql: string) => Promise<Answer>

/** START TRANSACTION, and inside one a savepoint. DDL in the work has committed what came before it. */
function transactionsOver(send: Send): Connection['transaction'] {
  let depth = 0
  return async (work) => {
    const savepoint = depth === 0 ? null : `aludel_${depth}`
    await send(savepoint === null ? 'START TRANSACTION' : `SAVEPOINT ${savepoint}`)
    depth += 1
    try {
      const answer = await work()
      await finish(send, savepoint === null ? 'COMMIT' : `RELEASE SAVEPOINT ${savepoint}`)
      return answer
    } catch (error) {
      // What made the work fail is the news; a rollback that fails too has lost its connection and its transaction.
      await finish(send, savepoint === null ? 'ROLLBACK' : `ROLLBACK TO SAVEPOINT ${savepoint}`).catch(() => undefined)
      throw error
    } finally {
      depth -= 1
    }
  }
}

const savepointIsGone = 1305

// A statement that commits by itself ends the transaction and its savepoints with it: then there is nothing to release.
async function finish(send: Send, sql: string): Promise<void> {
  await send(sql).catch((error: unknown) => {
    if (!(error instanceof Error && 'errno' in error && error.errno === savepointIsGone)) throw error
  })
}
