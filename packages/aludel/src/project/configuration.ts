// What `aludel.config.ts` may say.

import type { Connection, EngineName } from '../database/types.ts'
import type { StatementKind } from '../dialects/limits.ts'
import type { Schema } from '../schema/model.ts'
import type { NamingConvention } from '../schema/naming.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import type { SchemaReference } from './schema-source.ts'

export type TransactionMode = 'run' | 'revision' | 'none'

type Eventually<T> = T | Promise<T>

/** A schema, what to read one from, or a text that says so as the command line does: 'schema.sql', 'command:...'. */
export type SchemaGiven = Schema | SchemaReference | string

/** Where the wanted schema comes from: as it is given, in a module that exports it, or by a function. */
export type SchemaSource =
  | SchemaGiven
  | { readonly schema: SchemaGiven }
  | (() => Eventually<SchemaGiven | { readonly schema: SchemaGiven }>)

/** What filters tell apart. Columns, indexes and constraints are parts of a table. */
export type ObjectKind =
  | 'table'
  | 'enum'
  | 'namespace'
  | Exclude<SchemaObject['kind'], 'archive'>
  | 'column'
  | 'index'
  | 'constraint'

/** What a filter is asked about: an object of the database or of the model. */
export interface ObjectFacts {
  readonly kind: ObjectKind
  /** Null for the connection's own; of a namespace its own name. */
  readonly namespace: string | null
  readonly name: string
  /** The table of a column, an index, a constraint, a trigger, a policy; else null. */
  readonly table: string | null
}

/** Objects by what is given of them, all of it; names with `*`. */
export interface ObjectPattern {
  readonly kind?: ObjectKind | readonly ObjectKind[]
  readonly namespace?: string
  readonly table?: string
  readonly name?: string
}

/** Names with `*`, alone or after a namespace; patterns; or a function. */
export type ObjectFilter = readonly (string | ObjectPattern)[] | ((object: ObjectFacts) => boolean)

/** How patient a run is with its statements. */
export interface StatementSettings {
  /**
   * Milliseconds that a statement which keeps others out waits for its lock before it lets them pass and tries again; null for
   * as long as it takes. Default: 5000. Statements that only build, look or change rows wait as long as it takes.
   */
  readonly lockTimeout?: number | null
  /** How often something is tried that a lock, a deadlock or a conflict of transactions has refused; default: 10. */
  readonly attempts?: number
  /** Milliseconds that a statement of a kind may take; null for no limit. Default: `statementTimeout`. */
  readonly timeouts?: Partial<Readonly<Record<StatementKind, number | null>>>
}

export interface Configuration {
  /** The database's address, or a function that tells it. */
  readonly url?: string | (() => Eventually<string>)
  /** A connection of your own instead of an address. */
  readonly connect?: () => Eventually<Connection>
  readonly schema?: SchemaSource
  /** Which engines revisions must serve, each also with its oldest version: `mysql@8.0`; default: the address's. */
  readonly engines?: readonly EngineName[]
  /** The folder, or folders, that hold `versions/`; relative to the config file. */
  readonly migrations?: string | readonly string[]
  readonly versionTable?: string
  readonly historyTable?: string
  /** What the history keeps. */
  readonly history?: {
    /** False to keep no SQL that undoes a step; default true. */
    readonly undo?: boolean
  }
  /** The namespace of both tables; default: the connection's own. */
  readonly versionTableNamespace?: string
  readonly transaction?: TransactionMode
  /** Milliseconds to wait for another run to end. */
  readonly lockTimeout?: number
  /** What keeps two runs apart: the server's lock of a session, or a row with an end, for clusters; a Galera cluster is seen. */
  readonly lock?: 'session' | 'lease'
  /** Milliseconds that one statement may take; null for no limit. */
  readonly statementTimeout?: number | null
  /** Locks, retries and limits of the statements that revisions send. */
  readonly statements?: StatementSettings
  /** The address of a scratch database, for sources of a schema that an engine must read; models need none. */
  readonly dev?: string | null
  /** What to look at; what an included table is made of and needs comes with it. Default: everything. */
  readonly include?: ObjectFilter
  /** What to leave alone, also of what is included. */
  readonly exclude?: ObjectFilter
  readonly naming?: Partial<NamingConvention>
  /** The name of a new revision's file, with {revision}, {slug}, {year}, {month}, {day}, {hour}, {minute}. */
  readonly fileName?: string
  /** Commands to run on a new revision's file, with {file}. */
  readonly afterWrite?: readonly string[]
  /** Warnings of `doctor` to leave out: a code, or a code and a revision, as in `long-id:audit_log_001_add_ip_address_column`. */
  readonly ignoreFindings?: readonly string[]
  /** Other settings for `--env NAME`. */
  readonly environments?: Readonly<Record<string, Omit<Configuration, 'environments'>>>
  /** Other settings for `--database NAME`. */
  readonly databases?: Readonly<Record<string, Omit<Configuration, 'environments' | 'databases'>>>
}

/** Types a configuration; gives it back as it is. */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration
}
