// A look into a database that a command worked on.

import type { Connection } from '../../src/database/types.ts'
import { engineFor } from '../../src/dialects/registry.ts'

export async function onDatabase<T>(url: string, work: (db: Connection) => Promise<T>): Promise<T> {
  const { connect } = await engineFor(url)
  const directory = process.cwd()
  const db = await connect({ url, directory, lockTimeout: 5000, mustExist: false, resolveFrom: [directory] })
  return work(db).finally(() => db.close())
}

/** The names of the tables whose names begin with `t_`, sorted. */
export function tablesOf(url: string): Promise<readonly string[]> {
  const catalog = url.startsWith('sqlite:')
    ? 'SELECT name AS name FROM sqlite_schema'
    : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${url.startsWith('postgres') ? "'public'" : 'database()'}`
  return onDatabase(url, async (db) => {
    const { rows } = await db.query<{ readonly name: string }>(catalog)
    return rows
      .map(({ name }) => name)
      .filter((name) => name.startsWith('t_'))
      .sort()
  })
}
