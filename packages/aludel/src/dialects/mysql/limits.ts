// How MariaDB and MySQL limit statements: lock_wait_timeout for tables, innodb_lock_wait_timeout for rows, and a limit of time.
// https://mariadb.com/kb/en/server-system-variables/#lock_wait_timeout

import type { Connection, Server } from '../../database/types.ts'
import type { Limiting, Limits, SessionLimits } from '../limits.ts'

// A leading comment in /*! */ is code, and then the text counts as a change of the schema.
const data =
  /^(?:\s|#[^\n]*(?:\n|$)|--\s[^\n]*(?:\n|$)|\/\*(?!M?!)[\s\S]*?\*\/)*(?:insert|update|delete|replace|select|with|values|load|show|set|analyze|explain)\b/i

// A procedure and a block do several things, each of which may have been committed.
const several = /^(?:\s|#[^\n]*(?:\n|$)|--\s[^\n]*(?:\n|$)|\/\*(?!M?!)[\s\S]*?\*\/)*(?:call|begin|execute|do|\/\*)/i

export function limitingOf(server: Pick<Server, 'product'>): Limiting {
  return {
    kindOf: (sql) => (data.test(sql) ? 'data' : 'ddl'),
    // For rows the server's own patience counts: a long UPDATE is not to be taken back and begun again for one of them.
    patient: ['data'],
    unlimited: [],
    local: false,
    leavesNothing: (sql) => !several.test(sql),
    begin: (db, isOwn) => begin(db, isOwn, server),
  }
}

const locks = ['lock_wait_timeout', 'innodb_lock_wait_timeout'] as const

async function begin(db: Connection, isOwn: boolean, { product }: Pick<Server, 'product'>): Promise<SessionLimits> {
  const isMariadb = product === 'MariaDB'
  const limit = isMariadb ? 'max_statement_time' : 'max_execution_time'
  const inUnits = (milliseconds: number | null) =>
    milliseconds === null ? 0 : isMariadb ? milliseconds / 1000 : Math.max(1, Math.floor(milliseconds))
  const own = isOwn ? {} : await valuesOf(db, [...locks, limit])
  const change = (from: Limits, to: Limits): readonly string[] => {
    const settings = [
      ...(from.lock === to.lock ? [] : lockSettings(to.lock, own.innodb_lock_wait_timeout ?? 'DEFAULT')),
      ...(from.statement === to.statement
        ? []
        : [`${limit} = ${to.statement === 'own' ? (own[limit] ?? 'DEFAULT') : inUnits(to.statement)}`]),
    ]
    return settings.length === 0 ? [] : [`SET SESSION ${settings.join(', ')}`]
  }
  const before = Object.entries(own).map(([name, value]) => `${name} = ${value}`)
  return { change, restore: before.length === 0 ? [] : [`SET SESSION ${before.join(', ')}`] }
}

// Tables are waited for as long by statements that change rows as by others: who waits here waits for a change of the table.
function lockSettings(limit: number | null, ownRows: string): readonly string[] {
  if (limit === null) return [`innodb_lock_wait_timeout = ${ownRows}`]
  // The servers count in whole seconds, and zero is not waiting at all.
  const seconds = Math.min(Math.max(1, Math.ceil(limit / 1000)), 31_536_000)
  return locks.map((name) => `${name} = ${seconds}`)
}

async function valuesOf(db: Connection, names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const columns = names.map((name) => `@@SESSION.${name} AS ${name}`).join(', ')
  const { rows } = await db.query<Readonly<Record<string, unknown>>>(`SELECT ${columns}`)
  return Object.fromEntries(names.map((name) => [name, String(rows[0]?.[name] ?? 'DEFAULT')]))
}
