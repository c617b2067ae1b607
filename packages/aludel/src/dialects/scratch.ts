// What the engines share of databases for a moment: their names, and how it is said that there can be none.

import { randomBytes } from 'node:crypto'
import type { Connection } from '../database/types.ts'
import { AludelError } from '../errors.ts'

/** A name that nobody else takes. */
export function scratchName(): string {
  return `aludel_dev_${randomBytes(6).toString('hex')}`
}

/** The address with another database in the place of its own; everything else of it stays. */
export function addressOn(url: string, database: string): string {
  const [, start = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(?:\/[^?#]*)?(.*)$/is.exec(url) ?? []
  return `${start}/${encodeURIComponent(database)}${rest}`
}

/** The connection with another way to close it. */
export function closedBy(db: Connection, close: () => Promise<void>): Connection {
  // Some of what a connection tells changes with its state, so it is asked, not copied.
  return Object.assign(Object.create(db) as Connection, { close })
}

/** The connection that, closed, takes more away than itself. */
export function closedBefore(db: Connection, after: () => Promise<void>): Connection {
  return closedBy(db, async () => {
    try {
      await db.close()
    } finally {
      await after()
    }
  })
}

export function cannotCreate(address: string, reason: string): AludelError {
  return new AludelError(
    'no-scratch-database',
    `SQL is read by loading it into a scratch database, and none can be made on ${address}: ${reason}.`,
    {
      hint: 'Give an empty database, or a server on which databases may be made, with --dev URL or `dev` in the config.',
    },
  )
}

export function notEmpty(address: string, objects: readonly string[]): AludelError {
  return new AludelError(
    'dev-not-empty',
    `The user of ${address} may not create databases, and the database itself is not empty: it has ${objects.join(', ')}.`,
    {
      hint: 'Give an empty database to --dev, or let the user create databases. Nothing was changed.',
      details: { objects },
    },
  )
}

export function leavesDatabase(name: string, statement: string): AludelError {
  return new AludelError(
    'sql-leaves-database',
    `${name} holds \`${statement}\`, and a source of a schema stays in the one database that it is loaded into.`,
    { hint: 'Take the statement out; dump without the option that writes it.' },
  )
}
