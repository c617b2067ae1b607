// A connection to one SQLite file: synchronous underneath, so a signal keeps its default effect and the journal rolls back.

import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import type { Connection, QueryResult, StatementFailure, Value } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { ConnectOptions } from '../dialect.ts'
import { type Driver, openDriver, type Prepared } from './driver.ts'
import { type Patience, patienceOf } from './patience.ts'
import { bind, readerOf } from './values.ts'

export async function connect(options: ConnectOptions): Promise<Connection> {
  const file = fileOf(options.url, options.directory)
  const { driver, patience } = await open(file, options)
  driver.exec('PRAGMA foreign_keys = ON')
  // SQLite's own default, which libsql is not built with: sorting for an index takes twice as long in memory, and grows with the rows.
  driver.exec('PRAGMA temp_store = FILE')
  const version = firstRow(driver.prepare('SELECT sqlite_version()'))[0]
  return connectionOver(
    { driver, patience },
    String(version),
    file === ':memory:' ? 'sqlite::memory:' : `sqlite:${file}`,
  )
}

/** The file that an address names: relative to `directory`, absolute after one or three slashes, or ':memory:'. */
export function fileOf(url: string, directory: string): string {
  const rest = url.slice(url.indexOf(':') + 1).replace(/\?.*$/, '')
  if (rest === '' || rest === '//' || rest === '///') {
    throw new AludelError('invalid-url', `"${url}" names no file.`, {
      hint: 'Write sqlite:panel.db or sqlite::memory:.',
    })
  }
  if (rest === ':memory:' || rest === '//:memory:' || rest === '///:memory:') return ':memory:'
  const path = decoded(rest.startsWith('//') ? rest.slice(2) : rest)
  return isAbsolute(path) ? path : resolve(directory, path)
}

// A name may hold a percent sign that begins no escape.
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

interface Opened {
  readonly driver: Driver
  readonly patience: Patience
}

async function open(file: string, options: ConnectOptions): Promise<Opened> {
  if (file === ':memory:') return opened(file, options)
  if (!existsSync(dirname(file))) {
    throw new AludelError('unreachable', `The folder of the database file ${file} does not exist.`, {
      hint: `Create ${dirname(file)}, or change the address.`,
    })
  }
  // A file that is not there yet is an empty database; who only reads makes none.
  if (options.mustExist && !existsSync(file)) return opened(':memory:', options)
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new AludelError('unreachable', `The database file ${file} is a folder.`)
  }
  try {
    const own = opened(file, options)
    // Opening reads nothing yet: ask for the header, so that a file that is no database says so here.
    await patiently(own, 'PRAGMA schema_version', firstRow)
    return own
  } catch (error) {
    if (error instanceof AludelError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new AludelError('unreachable', `The database file ${file} cannot be opened: ${message}.`, {
      hint: 'Check that it is a SQLite database and that this user may read and write it and its folder.',
      cause: error,
    })
  }
}

function opened(file: string, { resolveFrom, lockTimeout }: ConnectOptions): Opened {
  const driver = openDriver(file, resolveFrom)
  return { driver, patience: patienceOf(driver, lockTimeout) }
}

function firstRow(statement: Prepared): readonly unknown[] {
  const [row] = [...statement.rows([])]
  return row ?? []
}

function connectionOver({ driver, patience }: Opened, version: string, address: string): Connection {
  return {
    dialect: 'sqlite',
    server: { product: 'SQLite', version: version.split('.').map(Number) },
    address,
    query: (sql, parameters) =>
      patiently({ driver, patience }, sql, (statement) => query(statement, sql, parameters ?? [])),
    stream: (sql, parameters, size) => batches(driver, sql, parameters, size),
    statements: (list) => runAll({ driver, patience }, list),
    script: async (sql) => patience.inside(() => driver.exec(sql)),
    transaction: transactionOn({ driver, patience }),
    cancel: async () => driver.interrupt(),
    close: async () => driver.close(),
  }
}

/**
 * One statement for all attempts: libsql leaves one that found the file locked under way, and whatever its connection reads
 * from then on stays locked, so that nobody else can commit, until it has come to its end.
 */
async function patiently<T>({ driver, patience }: Opened, sql: string, work: (statement: Prepared) => T): Promise<T> {
  let statement: Prepared | null = null
  return patience.during(() => {
    statement ??= driver.prepare(sql)
    return work(statement)
  })
}

function query<Row>(statement: Prepared, sql: string, parameters: readonly Value[]): QueryResult<Row> {
  const bound = parameters.map(bind)
  if (statement.fields.length === 0) return { rows: [], affected: statement.run(bound) }
  const rows = [...objects<Row>(statement, statement.rows(bound))]
  return { rows, affected: /^\s*(insert|update|delete|replace)\b/i.test(sql) ? rows.length : 0 }
}

async function* batches<Row>(
  driver: Driver,
  sql: string,
  parameters: readonly Value[],
  size: number,
): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = []
  const statement = driver.prepare(sql)
  for (const row of objects<Row>(statement, statement.iterate(parameters.map(bind)))) {
    batch.push(row)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function runAll({ driver, patience }: Opened, list: readonly string[]): Promise<void> {
  for (const [position, sql] of list.entries()) {
    try {
      await patience.during(() => driver.exec(sql))
    } catch (cause) {
      const failure: StatementFailure & Error = Object.assign(new Error('A statement failed.', { cause }), {
        name: 'StatementFailure' as const,
        position,
        cause,
      })
      throw failure
    }
  }
}

/** BEGIN IMMEDIATE outside, a savepoint inside. */
function transactionOn({ driver, patience }: Opened): Connection['transaction'] {
  let depth = 0
  return async (work) => {
    const [begin, commit, rollback] =
      depth > 0
        ? [`SAVEPOINT s${depth}`, `RELEASE s${depth}`, `ROLLBACK TO s${depth}; RELEASE s${depth}`]
        : ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']
    await patience.during(() => driver.exec(begin))
    depth += 1
    if (depth === 1) patience.hold()
    try {
      const answer = await work()
      driver.exec(commit)
      return answer
    } catch (error) {
      rollBack(driver, rollback)
      throw error
    } finally {
      depth -= 1
      if (depth === 0) patience.letGo()
    }
  }
}

// Some errors (a full disk, a failed COMMIT) have rolled back already; the second ROLLBACK then has nothing to do.
function rollBack(driver: Driver, sql: string): void {
  try {
    driver.exec(sql)
  } catch (error) {
    if (!/no transaction is active|no such savepoint/.test(String(error))) throw error
  }
}

function* objects<Row>(statement: Prepared, rows: Iterable<readonly unknown[]>): Generator<Row> {
  const readers = statement.fields.map(readerOf)
  const names = statement.fields.map((field) => field.name)
  for (const values of rows) {
    yield Object.fromEntries(names.map((name, at) => [name, readers[at]?.(values[at])])) as Row
  }
}
