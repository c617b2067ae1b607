// A Kysely over Aludel's connections, so that queries of the application get the same values as its migrations.

import {
  type Dialect,
  type DialectAdapter,
  Kysely,
  type KyselyConfig,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Connection, DialectName } from '../database/types.ts'
import { driverOver, type Habits } from './driver.ts'
import { type ConnectionSource, inTurns, isSource } from './source.ts'

type Tower = Omit<Dialect, 'createDriver'> & { readonly habits: Habits; createAdapter(): DialectAdapter }

const towers: { readonly [Name in DialectName]: Tower } = {
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    habits: { insertId: null, settings: 'after' },
  },
  mysql: {
    createAdapter: () => new MysqlAdapter(),
    createQueryCompiler: () => new MysqlQueryCompiler(),
    createIntrospector: (db) => new MysqlIntrospector(db),
    // The server remembers the last number it gave; setting it to 0 keeps the next INSERT, which may be given none, from telling it again.
    habits: { insertId: 'select last_insert_id() as id, last_insert_id(0) as forgotten', settings: 'before' },
  },
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    habits: { insertId: 'select last_insert_rowid() as id', settings: 'never' },
  },
}

/**
 * A Kysely over a connection, or over a pool of them. Booleans, moments, bigints and all other values come back alike on
 * every engine.
 *
 * One connection answers one query after another, and a transaction has it alone: inside one, use what it hands you
 * (`trx`); a query through the outer Kysely would wait for the transaction to end. `destroy()` closes nothing: who
 * opened the connection closes it.
 *
 * As in Kysely itself, `insertId` is told on MySQL, MariaDB and SQLite, and `returning` works on PostgreSQL and SQLite.
 *
 * @example
 * const connection = await connect('sqlite:panel.db')
 * const db = kyselyOn<KyselyDatabase<typeof schema>>(connection)
 * await db.selectFrom('user').selectAll().where('is_active', '=', true).execute()
 */
export function kyselyOn<DB>(
  from: Connection | ConnectionSource,
  config: Omit<KyselyConfig, 'dialect'> = {},
): Kysely<DB> {
  const source = isSource(from) ? from : inTurns(from)
  const { habits, ...tower } = towers[source.dialect]
  return new Kysely<DB>({ ...config, dialect: { ...tower, createDriver: () => driverOver(source, habits) } })
}
