// The driver mysql2: the project's own where it has one, else the one beside this package.

import { createRequire } from 'node:module'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Connection, createConnection, QueryError } from 'mysql2'
import { AludelError } from '../../../errors.ts'
import { installLine } from '../../install-line.ts'
import type { Address } from './address.ts'

export interface Driver {
  readonly createConnection: typeof createConnection
}

/** Loaded only here: importing it costs more than most verbs take. */
export function loadDriver(resolveFrom: readonly string[]): Driver {
  const places = [...resolveFrom.map((folder) => join(folder, 'package.json')), import.meta.url]
  for (const place of places) {
    try {
      return createRequire(place)('mysql2') as Driver
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  const folder = resolveFrom[0] ?? process.cwd()
  throw new AludelError('missing-driver', 'The driver for MySQL and MariaDB, mysql2, is not installed.', {
    hint: installLine('mysql2', folder),
  })
}

// A driver that is there and lacks a part of its own is broken, not missing.
function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND' && error.message.includes("'mysql2'")
  )
}

/** Connects, or rejects with the driver's error. */
export function open(driver: Driver, { options }: Address): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = driver.createConnection({
      ...options,
      charset: 'utf8mb4',
      // By these others can tell whose connection it is.
      connectAttributes: { program_name: 'aludel', _pid: String(process.pid), aludel_host: hostname() },
      // The driver would set the mode IGNORE_SPACE, which makes the name of every function a reserved word.
      flags: ['-IGNORE_SPACE', ...(options.flags ?? [])],
      multipleStatements: false,
      namedPlaceholders: false,
    })
    // What goes wrong between two statements is told by the next one.
    connection.on('error', () => undefined)
    connection.connect((error: QueryError | null) => {
      if (error === null || error === undefined) resolve(connection)
      else {
        connection.destroy()
        reject(error)
      }
    })
  })
}
