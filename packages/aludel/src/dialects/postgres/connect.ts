// A connection to a PostgreSQL server over node-postgres.

import type { Connection, QueryResult, Value } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { ConnectOptions } from '../dialect.ts'
import { type Address, parseAddress } from './connection/address.ts'
import { requestCancel } from './connection/cancel.ts'
import { type Client, type Driver, loadDriver, type Result } from './connection/driver.ts'
import { connectFailure } from './connection/failure.ts'
import { failure, runScript } from './connection/script.ts'
import type { Session } from './connection/session.ts'
import { type Line, questions, reading, stream, transaction } from './connection/transaction.ts'
import { toRows } from './connection/values.ts'
import { parameter } from './literal.ts'

const connectSeconds = 15

export async function connect(options: ConnectOptions): Promise<Connection> {
  const address = parseAddress(options.url)
  const driver = loadDriver(options.resolveFrom)
  const client = open(driver, options.url, address)
  try {
    await client.connect()
    return sessionOver({
      driver,
      client,
      address: address.shown,
      version: await prepare(client, options.statementTimeout ?? null),
    })
  } catch (error) {
    client.end().catch(() => undefined)
    throw connectFailure(error, address)
  }
}

function open(driver: Driver, connectionString: string, address: Address): Client {
  try {
    const connectionTimeoutMillis = 1000 * (address.connectTimeout ?? connectSeconds)
    const options = { connectionString, application_name: 'aludel', connectionTimeoutMillis, keepAlive: true }
    const client = new driver.Client(options)
    // A lost connection is told by the query that needed it.
    client.on('error', () => undefined)
    return client
  } catch (error) {
    // The driver reads the files of certificates that the address names.
    throw connectFailure(error, address)
  }
}

/** What the data rules rest on, whatever the server's or the user's settings are. Gives the server's version. */
async function prepare(client: Client, statementTimeout: number | null): Promise<readonly number[]> {
  if (statementTimeout !== null)
    await ask(client, `SET statement_timeout = ${Math.max(0, Math.floor(statementTimeout))}`, [])
  const text = `SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1;
    SET standard_conforming_strings = on; SHOW server_version_num`
  const answer = await ask(client, text, [])
  const number = Number(answer.rows[0]?.[0])
  return [Math.floor(number / 10_000), number % 10_000]
}

const asText = { getTypeParser: () => (text: string) => text }

async function ask(client: Client, text: string, parameters: readonly Value[]): Promise<Result> {
  if (isCutShort(text)) throw cutShort()
  const request = { text, rowMode: 'array' as const, types: asText }
  const answer = await client.query(
    parameters.length === 0 ? request : { ...request, values: parameters.map(parameter) },
  )
  const last = Array.isArray(answer) ? (answer as readonly Result[]).at(-1) : (answer as Result)
  return last ?? { command: null, rowCount: null, fields: [], rows: [] }
}

async function askAll(client: Client, list: readonly string[]): Promise<readonly Result[]> {
  const text = list.join('\n;\n')
  if (isCutShort(text)) throw cutShort()
  const answer = await client.query({ text, rowMode: 'array', types: asText })
  return Array.isArray(answer) ? (answer as readonly Result[]) : [answer as Result]
}

interface Opened {
  readonly driver: Driver
  readonly client: Client
  readonly address: string
  readonly version: readonly number[]
}

function sessionOver({ driver, client, address, version }: Opened): Session {
  const inTurn = queue()
  const line: Line = {
    ask: (sql, parameters = []) => inTurn(() => ask(client, sql, parameters)),
    askAll: (list) => inTurn(() => askAll(client, list)),
    depth: 0,
    cursors: 0,
    opening: [],
  }
  return {
    dialect: 'postgres',
    server: { product: 'PostgreSQL', version },
    address,
    processId: client.processID,
    get inTransaction() {
      return line.depth > 0
    },
    query: async <Row>(sql: string, parameters: readonly Value[] = []) =>
      toResult<Row>(await line.ask(sql, parameters)),
    queries: async (list) => (await questions(line, list)).map((result) => toResult(result)),
    reading: (work) => reading(line, work),
    stream: (sql, parameters, size) => stream(line, sql, parameters, Math.max(1, Math.floor(size))),
    statements: (list) => statements(line, list, () => inTurn(() => runScript(driver, client, list))),
    script: async (sql) => {
      await line.ask(sql)
    },
    transaction: (work) => transaction(line, work),
    cancel: () => requestCancel(driver, client),
    close: async () => {
      await client.end()
    },
  }
}

async function statements(line: Line, list: readonly string[], run: () => Promise<void>): Promise<void> {
  const position = list.findIndex(isCutShort)
  if (position !== -1) throw failure(cutShort(), position)
  try {
    await run()
  } catch (error) {
    // A list may hold its own BEGIN, and nobody else would end what it began.
    if (line.depth === 0) await line.ask('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** One at a time, in the order of the calls: the protocol knows no other, and the driver warns of more. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

const changing = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY']

function toResult<Row>(result: Result): QueryResult<Row> {
  const isChange = changing.includes(result.command ?? '')
  return { rows: toRows<Row>(result), affected: isChange ? (result.rowCount ?? 0) : 0 }
}

/** The protocol ends a text at the first NUL, so what stands behind it would be lost without a word. */
function isCutShort(sql: string): boolean {
  return sql.includes('\0')
}

function cutShort(): AludelError {
  return new AludelError('invalid-parameter', 'SQL for PostgreSQL cannot hold the NUL character.')
}
