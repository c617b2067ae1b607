// Connecting to MariaDB or MySQL, and setting the session up so that every server behaves alike.

import type { Connection as DriverConnection } from 'mysql2'
import type { Connection, Server } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { ConnectOptions } from '../dialect.ts'
import { explain } from './explain.ts'
import { serverOf } from './features.ts'
import { type Address, addressOf } from './session/address.ts'
import { connectionOver } from './session/connection.ts'
import { type Driver, loadDriver, open } from './session/driver.ts'
import { wireOver } from './session/wire.ts'

/**
 * Connects with the driver that the project has.
 *
 * @throws AludelError `invalid-url`, `missing-driver`, `unreachable`, `authentication`, `unknown-database`.
 */
export async function connect({ url, resolveFrom, statementTimeout }: ConnectOptions): Promise<Connection> {
  const address = addressOf(url)
  const driver = loadDriver(resolveFrom)
  const connection = await open(driver, address).catch((error: unknown) => {
    throw refusal(error, address)
  })
  try {
    return await sessionOver({ connection, driver, address, statementTimeout: statementTimeout ?? null })
  } catch (error) {
    connection.destroy()
    throw refusal(error, address)
  }
}

// Text is UTF-8 and time is UTC whatever the server's settings; too long a text or a wrong date is an error, not a
// warning. The mode is only added to: what else the server's owner chose stays.
const setUp = `SET NAMES utf8mb4, autocommit = 1, time_zone = '+00:00',
  sql_mode = IF(@@sql_mode LIKE '%STRICT_%', @@sql_mode, CONCAT_WS(',', NULLIF(@@sql_mode, ''), 'STRICT_TRANS_TABLES'))`

interface Opened {
  readonly connection: DriverConnection
  readonly driver: Driver
  readonly address: Address
  readonly statementTimeout: number | null
}

async function sessionOver({ connection, driver, address, statementTimeout }: Opened): Promise<Connection> {
  const wire = wireOver(connection)
  await wire.send(setUp)
  const { rows } = await wire.send('SELECT VERSION() AS version, CONNECTION_ID() AS id, @@sql_mode AS mode')
  const { version, id, mode } = rows[0] ?? {}
  const server = serverOf(String(version))
  if (statementTimeout !== null) await wire.send(timeLimit(server, statementTimeout))
  return connectionOver(wire, {
    server,
    address: address.masked,
    number: Number(id),
    escapes: !String(mode).includes('NO_BACKSLASH_ESCAPES'),
    cancel: () => killQuery(driver, address, Number(id)),
    close: () => closed(connection),
  })
}

/** MariaDB ends every statement, MySQL only queries: https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html */
function timeLimit({ product }: Server, milliseconds: number): string {
  return product === 'MariaDB'
    ? `SET SESSION max_statement_time = ${milliseconds / 1000}`
    : `SET SESSION max_execution_time = ${Math.floor(milliseconds)}`
}

/** Only another connection can end a statement that runs on this one. */
async function killQuery(driver: Driver, address: Address, id: number): Promise<void> {
  const other = await open(driver, address)
  try {
    await wireOver(other).send(`KILL QUERY ${id}`)
  } finally {
    await closed(other)
  }
}

function closed(connection: DriverConnection): Promise<void> {
  return new Promise<void>((resolve) => {
    // A connection that is broken already says so; closed it is either way.
    connection.end(() => resolve())
  }).then(() => connection.destroy())
}

function refusal(error: unknown, { masked, database }: Address): unknown {
  const { kind, message } = explain(error)
  switch (kind) {
    case 'authentication':
    case 'permission':
      return new AludelError('authentication', `The server of ${masked} refused the user: ${message}.`, {
        hint: 'Check user and password in the address, and that the user may use this database from this machine.',
        cause: error,
      })
    case 'unknown-database':
      return new AludelError('unknown-database', `There is no database "${database}" on the server of ${masked}.`, {
        hint: `Create it: CREATE DATABASE \`${database.replaceAll('`', '``')}\` CHARACTER SET utf8mb4`,
        cause: error,
      })
    case 'unreachable':
      return new AludelError('unreachable', `The database at ${masked} cannot be reached: ${message}.`, {
        hint: 'Check that the server runs and that host and port in the address are right.',
        cause: error,
      })
    default:
      return error
  }
}
