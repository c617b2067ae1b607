// The three drivers that can stand under SQLite, behind one small synchronous face.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { AludelError } from '../../errors.ts'

export type Bound = string | number | bigint | Buffer | null

export interface Field {
  readonly name: string
  /** The declared type of the column behind the field; null for a computed one. */
  readonly declared: string | null
}

export interface Prepared {
  readonly fields: readonly Field[]
  /** Every row at once: a statement that is left in the middle of its rows keeps its tables locked. */
  rows(parameters: readonly Bound[]): readonly (readonly unknown[])[]
  /** Row by row, for as long as nothing else is done. */
  iterate(parameters: readonly Bound[]): Iterable<readonly unknown[]>
  /** Runs a statement that gives no rows; answers how many it changed. */
  run(parameters: readonly Bound[]): number
}

export interface Driver {
  exec(sql: string): void
  prepare(sql: string): Prepared
  interrupt(): void
  close(): void
}

/** Opens a file with the first driver there is: node:sqlite, better-sqlite3 of the project, libsql. */
export function openDriver(file: string, resolveFrom: readonly string[]): Driver {
  return openBuiltIn(file) ?? openNative(file, resolveFrom)
}

interface NativeColumn {
  readonly name: string
  readonly type: string | null
}
interface NativeStatement {
  readonly reader: boolean
  columns(): readonly NativeColumn[]
  safeIntegers(on: boolean): NativeStatement
  raw(on: boolean): NativeStatement
  iterate(...parameters: readonly Bound[]): Iterable<readonly unknown[]>
  all(...parameters: readonly Bound[]): readonly (readonly unknown[])[]
  run(...parameters: readonly Bound[]): { readonly changes: number }
}
interface NativeDatabase {
  exec(sql: string): void
  prepare(sql: string): NativeStatement
  interrupt?(): void
  close(): void
}
type NativeConstructor = new (file: string, options?: object) => NativeDatabase

function openNative(file: string, resolveFrom: readonly string[]): Driver {
  const Database = nativeConstructor(resolveFrom)
  const database = new Database(file)
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql)
      if (!statement.reader) {
        return {
          fields: [],
          rows: () => [],
          iterate: () => [],
          run: (parameters) => statement.run(...parameters).changes,
        }
      }
      const fields = statement.columns().map((column) => ({ name: column.name, declared: column.type }))
      statement.safeIntegers(true).raw(true)
      return {
        fields,
        rows: (parameters) => statement.all(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
        run: (parameters) => statement.all(...parameters).length,
      }
    },
    interrupt: () => database.interrupt?.(),
    close: () => database.close(),
  }
}

function nativeConstructor(resolveFrom: readonly string[]): NativeConstructor {
  for (const folder of resolveFrom) {
    const found = tryRequire(createRequire(join(folder, 'package.json')), 'better-sqlite3')
    if (found !== null) return found
  }
  const own = withShortReport(() => tryRequire(createRequire(import.meta.url), 'libsql'))
  if (own !== null) return own
  throw new AludelError(
    'missing-driver',
    'No SQLite driver was found: neither node:sqlite, better-sqlite3 nor libsql.',
    {
      hint: 'npm install libsql',
    },
  )
}

/**
 * The driver looks into a diagnostic report of the whole process to see which C library it runs on, which takes longer than
 * loading it. Where the system's `ldd` is the GNU one, which the driver believes more than the report, the report says just that.
 */
function withShortReport<T>(work: () => T): T {
  const { report } = process
  if (process.platform !== 'linux' || report === undefined || !isGnu()) return work()
  const getReport = report.getReport
  report.getReport = () => ({ header: { glibcVersionRuntime: 'of ldd' } })
  try {
    return work()
  } finally {
    report.getReport = getReport
  }
}

function isGnu(): boolean {
  try {
    return readFileSync('/usr/bin/ldd', 'latin1').includes('GNU C Library')
  } catch {
    return false
  }
}

function tryRequire(require: NodeJS.Require, name: string): NativeConstructor | null {
  try {
    return require(name) as NativeConstructor
  } catch {
    return null
  }
}

interface BuiltInStatement {
  columns(): readonly { readonly name: string; readonly type: string | null }[]
  setReadBigInts(on: boolean): void
  setReturnArrays?(on: boolean): void
  all(...parameters: readonly Bound[]): readonly unknown[]
  iterate(...parameters: readonly Bound[]): Iterable<unknown>
  run(...parameters: readonly Bound[]): { readonly changes: number | bigint }
}
interface BuiltInDatabase {
  exec(sql: string): void
  prepare(sql: string): BuiltInStatement
  close(): void
}

// columns() and setReturnArrays() came with Node 22.16 and 24; older ones go on to the next driver.
function openBuiltIn(file: string): Driver | null {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as
    | {
        readonly DatabaseSync: new (file: string, options?: object) => BuiltInDatabase
        readonly StatementSync: { readonly prototype: object }
      }
    | undefined
  if (builtIn === undefined || !('setReturnArrays' in builtIn.StatementSync.prototype)) return null
  const database = new builtIn.DatabaseSync(file, { enableForeignKeyConstraints: false })
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql)
      const fields = statement.columns().map((column) => ({ name: column.name, declared: column.type }))
      statement.setReadBigInts(true)
      statement.setReturnArrays?.(true)
      return {
        fields,
        rows: (parameters) => statement.all(...parameters) as readonly (readonly unknown[])[],
        iterate: (parameters) => statement.iterate(...parameters) as Iterable<readonly unknown[]>,
        run: (parameters) => Number(statement.run(...parameters).changes),
      }
    },
    interrupt: () => undefined,
    close: () => database.close(),
  }
}
