// What the rest of the house knows of a database: values, statements, a connection and what an engine can do.

export type DialectName = 'postgres' | 'mysql' | 'sqlite'

type ProductName = 'sqlite' | 'postgres' | 'postgresql' | 'mysql' | 'mariadb'

/** An engine, and where its version matters that too: `postgres`, `mysql@8.0`, `mariadb@10.11`. */
export type EngineName = ProductName | `${ProductName}@${number}` | `${ProductName}@${number}.${string}`

/** What may travel to a database as a parameter or a literal. */
export type Value = string | number | bigint | boolean | null | Date | Uint8Array

/** One piece of SQL, never split out of text by hand. `ops` are the positions of the operations that it serves. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly Value[]
  /** False where the engine refuses it inside a transaction. */
  readonly transactional: boolean
  readonly ops: readonly number[]
  /** Why the statement is there, where the operation alone does not say it. */
  readonly why: string | null
}

export interface QueryResult<Row> {
  readonly rows: readonly Row[]
  /** Rows changed; 0 for a query that changes none. */
  readonly affected: number
}

export interface Server {
  /** 'PostgreSQL', 'MariaDB', 'MySQL' or 'SQLite'. */
  readonly product: string
  readonly version: readonly number[]
}

export interface Connection {
  readonly dialect: DialectName
  readonly server: Server
  /** The address without its secret, for messages. */
  readonly address: string
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly Value[]): Promise<QueryResult<Row>>
  stream<Row = Record<string, unknown>>(
    sql: string,
    parameters: readonly Value[],
    size: number,
  ): AsyncIterable<readonly Row[]>
  /**
   * Runs statements without parameters, in order, in as few round trips as the engine's protocol allows.
   * A refusal carries the position of the failing one as {@link StatementFailure}.
   */
  statements(list: readonly string[]): Promise<void>
  /** Runs text that may hold several statements, as the engine itself splits it. */
  script(sql: string): Promise<void>
  transaction<T>(work: () => Promise<T>): Promise<T>
  cancel(): Promise<void>
  close(): Promise<void>
}

/** What `statements` throws: the engine's own error and the position in the list of the statement that caused it. */
export interface StatementFailure {
  readonly name: 'StatementFailure'
  readonly position: number
  readonly cause: unknown
}

/** What an engine of one version can do; asked instead of its name. */
export interface Features {
  /** DDL takes part in transactions, so a step is all or nothing. */
  readonly transactionalDdl: boolean
  /** Namespaces (PostgreSQL's schemas) can be told apart inside one database. */
  readonly namespaces: boolean
  /** Names of columns that differ in case alone are one name. */
  readonly foldsColumnNames: boolean
  /** Enumerations are types of their own with a name. */
  readonly enumTypes: boolean
  readonly comments: boolean
  /** Views can keep the rows of their query. */
  readonly materializedViews: boolean
  readonly sequences: boolean
  /** A sequence can belong to a column and go with it. */
  readonly ownedSequences: boolean
  /** Functions can be written in SQL, or in a language of the server's. */
  readonly functions: boolean
  readonly partialIndexes: boolean
  readonly expressionIndexes: boolean
  readonly deferrableConstraints: boolean
  readonly excludeConstraints: boolean
  /** Extensions can be made in a database. */
  readonly extensions: boolean
  /** Types of several named parts can be made. */
  readonly compositeTypes: boolean
  /** Comments can be given to more than tables and columns. */
  readonly objectComments: boolean
  /** Types with checks of their own can be made. */
  readonly domains: boolean
  /** Policies can decide which rows of a table are there for whom. */
  readonly rowSecurity: boolean
  /** Users can be given privileges. */
  readonly privileges: boolean
  /** A table can keep its rows in others. */
  readonly partitions: boolean
  /** ALTER can change constraints and columns in place; otherwise the table is rebuilt. */
  readonly alterConstraints: boolean
  /** One text may hold several statements. */
  readonly severalStatements: boolean
  /** A session lock guards a run; otherwise each step guards itself. */
  readonly sessionLock: boolean
  /** The program goes on while a statement runs, and can end it. */
  readonly cancellable: boolean
}
