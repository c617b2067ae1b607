// What the calls for objects beside tables take besides their names.

import type { Value } from '../database/types.ts'
import type { AnyColumn, Now } from '../schema/column.ts'
import type { Referent } from '../schema/constraints.ts'
import type { PolicyCommand } from '../schema/object-model.ts'
import type { Sql } from '../schema/sql.ts'

export interface IfExists {
  readonly ifExists?: boolean
}
export interface IfNotExists {
  readonly ifNotExists?: boolean
}

/** A value, or sql`MINVALUE` and sql`MAXVALUE`. */
export type BoundGiven = Value | Sql

/** `from` belongs to a partition, `to` does not. */
export type PartitionBoundsGiven =
  | { readonly from: BoundGiven | readonly BoundGiven[]; readonly to: BoundGiven | readonly BoundGiven[] }
  | { readonly in: readonly BoundGiven[] }
  | { readonly modulus: number; readonly remainder: number }
  | { readonly default: true }

/** What cannot be told from a text: the tables that it refers to. */
interface DependsOn {
  readonly dependsOn?: readonly Referent[]
}

export interface ViewOptions extends DependsOn {
  /** Takes the place of a view of that name, where there is one. */
  readonly orReplace?: boolean
  readonly columns?: readonly string[]
  readonly comment?: string
  /** What an engine takes beside the query, by its name: `{ check_option: 'local' }`. */
  readonly options?: Readonly<Record<string, string>>
}

export interface MaterializedViewOptions extends DependsOn {
  /** False to leave it empty, and unreadable, until its first refresh. */
  readonly withData?: boolean
  /** What an engine takes beside the query, by its name: `{ fillfactor: '70' }`. */
  readonly options?: Readonly<Record<string, string>>
}

export interface SequenceOptions {
  /** The type of its numbers; null for bigint. */
  readonly type?: 'smallint' | 'integer' | null
  readonly start?: number | bigint
  readonly increment?: number | bigint
  readonly minValue?: number | bigint | null
  readonly maxValue?: number | bigint | null
  /** How many numbers a session takes at once. */
  readonly cache?: number | bigint | null
  readonly cycle?: boolean
  /** The column with which it goes. */
  readonly ownedBy?: { readonly table: Referent; readonly column: string } | null
}

export interface FunctionOptions extends DependsOn {
  /** The types that tell it from others of its name: 'integer, text'. */
  readonly arguments?: string
  /** Takes the place of a function of that name, where there is one. */
  readonly orReplace?: boolean
}

export interface DomainOptions {
  /** What every value must be: `VALUE ~ '@'`. */
  readonly check?: Sql | string
  /** The check's name; without one it takes the convention's. */
  readonly constraintName?: string
  readonly collation?: string
}

export interface AlterDomainGiven {
  readonly default?: Value | Sql | Now
  readonly nullable?: boolean
  readonly addCheck?: { readonly name?: string | null; readonly check: Sql | string }
  readonly dropCheck?: string
}

export interface AlterPolicyGiven {
  readonly to?: readonly string[]
  /** Rows that are there. */
  readonly using?: Sql | string
  /** Rows that may be written; `using` where nothing is said. */
  readonly check?: Sql | string
}

export interface PolicyOptions extends AlterPolicyGiven {
  readonly command?: PolicyCommand
  /** False for one that must hold beside the others. */
  readonly permissive?: boolean
}

/** A privilege, or one on some columns of a table. */
export type PrivilegeGiven = string | { readonly privilege: string; readonly columns: readonly string[] }

export type GrantTarget =
  | Referent
  | { readonly sequence: Referent }
  | { readonly function: Referent; readonly arguments?: string }
  | { readonly type: Referent }
  | { readonly namespace: string }

/** What the operation takes away is kept in an archive table, and put back by the way down. */
export interface Keep {
  readonly keep?: boolean
}
/** What the way up has kept of this place is put back; said by whoever writes a way down for another revision's `keep`. */
export interface Restore {
  readonly restore?: boolean
}

/** How a CSV file is written, where it is not the usual way. */
export interface BulkInsertOptions {
  /** What stands between fields; default: a comma. */
  readonly delimiter?: string
  /** The text that is NULL where it is not in quotes; default: nothing at all. */
  readonly null?: string
}

/** Rows in a file beside the revision: CSV with the columns in its first line, or JSON (`.jsonl`: an object a line). */
export type RowsFile = { readonly csv: string } | { readonly json: string }

export interface ColumnGiven {
  readonly table: Referent
  readonly column: string
}

export interface EnumColumns {
  readonly columns?: readonly ColumnGiven[]
}

/** `drop` goes first, `alter` gives those that stay another type, `add` comes at the end. */
export interface CompositeTypeChange {
  readonly drop?: readonly string[]
  readonly alter?: Readonly<Record<string, AnyColumn>>
  readonly add?: Readonly<Record<string, AnyColumn>>
}

/** An object by its kind and its name; `on` is the table that its name belongs to. */
export type CommentTarget =
  | { readonly view: Referent }
  | { readonly materializedView: Referent }
  | { readonly sequence: Referent }
  | { readonly domain: Referent }
  | { readonly type: Referent }
  | { readonly function: Referent; readonly arguments?: string }
  | { readonly namespace: string }
  | { readonly extension: string }
  | { readonly index: string; readonly on: Referent }
  | { readonly constraint: string; readonly on: Referent }
  | { readonly trigger: string; readonly on: Referent }
  | { readonly policy: string; readonly on: Referent }
  | { readonly object: Referent; readonly type: string; readonly on?: Referent }
