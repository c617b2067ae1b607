// What an engine must answer: the contract that every folder beside this file fulfils, under the same file names.

import type { Connection, DialectName, Features, Server, Statement, Value } from '../database/types.ts'
import type { ObjectRef } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import type { ColumnType, Schema, TableName } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import type { Sql } from '../schema/sql.ts'
import type { Activity } from './activity.ts'
import type { ArchiveTexts } from './archives.ts'
import type { Limiting } from './limits.ts'

/** What to read: everything that is not the engine's own, or some tables and enumerations by name. */
export type Scope = 'all' | { readonly objects: readonly ObjectRef[] }

/** Two texts for one place of a table; the engine decides whether they mean the same. */
export interface ExpressionPair {
  readonly place: 'default' | 'check' | 'generated' | 'index' | 'predicate' | 'domain'
  /** The table as the database has it; the expressions are compiled against its columns. Or the domain that is checked. */
  readonly table: TableName
  /** The column of a default or generated value, else null. */
  readonly column: string | null
  /** What a default, a generated value or a domain is of. */
  readonly type: ColumnType | null
  readonly actual: Sql
  readonly wanted: Sql
}

/** A view, a routine or the like as the database has it, and as it is wanted. */
export interface ObjectPair {
  readonly actual: SchemaObject
  readonly wanted: SchemaObject
}

export type EngineErrorKind =
  | 'lock-timeout'
  | 'statement-timeout'
  | 'deadlock'
  | 'serialization'
  | 'dependent-objects'
  | 'unique'
  | 'foreign-key'
  | 'not-null'
  | 'check'
  | 'already-exists'
  | 'does-not-exist'
  | 'syntax'
  | 'permission'
  | 'authentication'
  | 'unknown-database'
  | 'unreachable'
  | 'read-only'
  | 'disk-full'
  | 'cast'
  | 'in-transaction'
  | 'other'

/** An engine's error in the one vocabulary of the house. */
export interface EngineError {
  readonly kind: EngineErrorKind
  /** The engine's own message, with secrets masked. */
  readonly message: string
  /** The engine's own code: a SQLSTATE, a number, a name. */
  readonly code: string
  readonly detail: string | null
  /** Objects that the message names: the dependants of a refused drop, the table of a violated key. */
  readonly objects: readonly string[]
}

export interface LockOptions {
  /** What is locked: the version table, by name. */
  readonly key: string
  /** Milliseconds to wait for another run to end; 0 does not wait. */
  readonly timeout: number
  /** Who wants it, so that others can be told. Left out: nobody in particular. */
  readonly owner?: LockOwner
  /** Called while it waits, each time before it tries again; `holder` asks the server who has the lock. */
  readonly waiting?: (holder: () => Promise<string | null>) => Promise<void>
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal
}

/** A process that holds a lock, or wants to. */
export interface LockOwner {
  readonly host: string
  readonly process: number
}

export interface Lock {
  release(): Promise<void>
  /**
   * Throws where the lock is not held any more; asked in the transaction that ends a step. Null where the lock lives exactly
   * as long as the session that sends the statements, so that there is nothing to ask.
   */
  readonly fence: (() => Promise<void>) | null
}

/** Who holds a lock, as far as the server tells. */
export interface LockHolder {
  /** The server's number of the connection; null where the lock is a row. */
  readonly connection: number | null
  readonly user: string | null
  readonly host: string | null
  readonly process: number | null
  /** Since when, in UTC as ISO 8601. */
  readonly since: string | null
}

/** What surrounds a step outside its transaction, where an engine needs it (SQLite's foreign_keys pragma). */
export interface StepGuard {
  /** Sent before BEGIN. */
  readonly before: readonly string[]
  /** Sent after COMMIT or ROLLBACK. */
  readonly after: readonly string[]
  /** Called after BEGIN: takes note of what is wrong already, so that the step is not blamed for it. */
  begin(db: Connection): Promise<void>
  /** Called before COMMIT; throws where the step must not be committed. */
  verify(db: Connection): Promise<void>
  /** The same two in a script, as far as statements alone can look. */
  readonly script: { readonly begin: readonly string[]; readonly verify: readonly string[] }
}

/** What it takes to ask an engine something and to understand what it refuses: enough for a run that finds nothing to do. */
export interface Language {
  readonly name: DialectName
  quote(name: string): string
  literal(value: Value): string
  /** A question for rows as text, which costs a driver far less than their values: see `Lines`. */
  lines(request: Lines): string
  explain(error: unknown): EngineError
}

/**
 * Rows asked for as lines of text. The answer's rows have one column, `lines`, which holds one line or several with a line
 * break between them, or null for none; in a line the columns stand with tabs between them, and NULL is an empty text.
 */
export interface Lines {
  /** Columns of text that hold neither tabs nor line breaks, quoted. */
  readonly columns: readonly string[]
  /** The table, quoted. */
  readonly from: string
  readonly where: string
  /** The column whose order is theirs, quoted. */
  readonly order: string
}

export interface Dialect extends Language {
  readonly features: Features
  /** Throws where this engine, in this version, cannot do the operation whatever the tables are like: asked as it is recorded. */
  refuse(op: Op): void
  /** What render must know before it can write the operation; nearly always nothing on PostgreSQL. */
  reads(op: Op): readonly ObjectRef[]
  /** Statements for the operations, in order. Neighbours on one table may become one statement or one rebuild. `insertFile`, `run` and `autocommit` are among `later` only: what follows in the same transaction. */
  render(ops: readonly Op[], before: Schema, later?: readonly Op[]): readonly Statement[]
  /** Types and spellings as this engine would report them. */
  normalize(schema: Schema): Schema
  sameExpressions(db: Connection, pairs: readonly ExpressionPair[]): Promise<readonly boolean[]>
  /** Whether the texts of two objects of one name mean the same; the rest of them is not looked at. */
  sameObjects(db: Connection, pairs: readonly ObjectPair[]): Promise<readonly boolean[]>
  introspect(db: Connection, scope: Scope): Promise<Schema>
  /** Statements that take away what a broken-off attempt at the operation has left behind, outside any transaction. */
  leftovers(db: Connection, op: Op): Promise<readonly string[]>
  lock(db: Connection, options: LockOptions): Promise<Lock>
  /** Who holds the lock of a run; null where nobody does. Where an engine has none: who writes. */
  lockHolder(db: Connection, key: string): Promise<LockHolder | null>
  /** Ends the session that holds a lock, and what it is doing. */
  endHolder(db: Connection, holder: LockHolder): Promise<void>
  /** True where a session's lock does not guard the database, because other servers write into it, too. */
  needsLease(db: Connection): Promise<boolean>
  /** How its statements are limited; null where there is nothing to limit but the wait for the whole file. */
  readonly limiting: Limiting | null
  /** Opens a second connection that sees what the first one does; null where an engine can have none, or cannot tell. */
  observe(db: Connection, options: ConnectOptions): Promise<Activity | null>
  /** What a step of several transactions holds where no lock of the session guards the run; null where one does. */
  readonly lockStep: ((db: Connection, options: Pick<LockOptions, 'timeout'>) => Promise<Lock>) | null
  /** What must surround a step of these operations; null where nothing must. */
  guard(ops: readonly Op[]): StepGuard | null
  split(sql: string): readonly string[]
  /** The text of a column type. */
  type(type: ColumnType): string
  /** What a script for the engine's own client needs beside its statements. */
  readonly script: ScriptTexts
  /** What is told of SQL that a revision sends as it is written. */
  readonly understanding: Understanding
  /** What copies rows and values aside and back. */
  readonly archives: ArchiveTexts
}

/** SQL as it was written, understood as operations, so that the chain can be followed without a database. */
export interface Understanding {
  /** Loads what is needed; before it has ended nothing is understood. */
  ready(): Promise<void>
  /** What a text does to a schema: none for a change of rows; null where that cannot be told with certainty. */
  effects(text: string, before: Schema): readonly Op[] | null
}

/** Of an engine whose texts nobody reads: what they do must be declared. */
export const nothingUnderstood: Understanding = { ready: async () => {}, effects: () => null }

export interface ScriptTexts {
  /** The moment in UTC, as an expression for a column of type timestamptz. */
  readonly now: string
  /** The milliseconds since the transaction began, as an expression for an integer; null where the engine cannot tell. */
  readonly elapsed: string | null
  /** Statements that fail with the message where the condition does not hold. */
  require(condition: string, message: string): readonly string[]
  /** A statement with its end, so that the client takes it for one. */
  ended(statement: string): string
}

export interface ConnectOptions {
  readonly url: string
  /** The folder that relative file names start from. */
  readonly directory: string
  /** Milliseconds to wait for a lock of the engine's own (SQLite's busy timeout). */
  readonly lockTimeout: number
  /** Milliseconds that one statement may take, where the engine can end one; left out or null for no limit. */
  readonly statementTimeout?: number | null
  /** True where the database may not be made by connecting (read verbs). */
  readonly mustExist: boolean
  /** Folders whose node_modules are asked for the driver, first match wins. */
  readonly resolveFrom: readonly string[]
}

/** A text of SQL, and what to call it where one of its statements fails. */
export interface SqlText {
  /** As people gave it: a path, a command. */
  readonly name: string
  readonly text: string
}

export interface ScratchOptions extends Pick<ConnectOptions, 'directory' | 'lockTimeout' | 'resolveFrom'> {
  /** The server that databases are made on; null where the engine has to bring its own. */
  readonly url: string | null
  /** True where the address was given for this: then its database itself will do, if it is empty and none can be made. */
  readonly dedicated: boolean
  /** Ends the loading of SQL. */
  readonly signal: AbortSignal
}

/** Databases for a moment: nothing that was there before is touched, and nothing is left. */
export interface ScratchServer {
  readonly server: Server
  /** False where there is only one database, so that each must be closed before the next is opened. */
  readonly separate: boolean
  /**
   * A connection to an empty database into which the texts have been loaded; closing it takes the database away.
   * Throws `sql-failed` with file and line of a statement that the engine refuses.
   */
  open(texts: readonly SqlText[]): Promise<Connection>
  close(): Promise<void>
}

/** The part of an engine that is loaded to reach a database, without what writes and reads schemas. */
export interface Connector {
  readonly language: Language
  connect(options: ConnectOptions): Promise<Connection>
}

/** A folder of this room, under one name. */
export interface Engine extends Connector {
  readonly schemes: readonly string[]
  scratch(options: ScratchOptions): Promise<ScratchServer>
  dialectFor(server: Server): Dialect
  /** The dialect of the newest version that is known, for offline SQL. */
  offline: Dialect
}
