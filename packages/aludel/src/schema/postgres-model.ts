// What PostgreSQL alone knows of columns and constraints: each stands under the key `postgres` of its part, null where there is nothing of it.

import { sameData } from './canonical.ts'
import type { Deferral } from './model.ts'

export interface PostgresColumn {
  /** `plain`, `external`, `extended` or `main`; null for what the type has by itself. */
  readonly storage: string | null
  /** `pglz` or `lz4`; null for what the server takes. */
  readonly compression: string | null
  /** How closely the column is looked at for the planner; null for what the server takes. */
  readonly statistics: number | null
  /** Settings such as `n_distinct`. */
  readonly options: Readonly<Record<string, string>>
}

export const plainPostgresColumn: PostgresColumn = { storage: null, compression: null, statistics: null, options: {} }

/** How the numbers of an identity column go on; null for what the engine takes by itself. */
export interface IdentityNumbers {
  readonly start: number | bigint | null
  readonly increment: number | bigint
  readonly minValue: number | bigint | null
  readonly maxValue: number | bigint | null
  readonly cache: number | bigint | null
  readonly cycle: boolean
}

export const plainNumbers: IdentityNumbers = {
  start: null,
  increment: 1,
  minValue: null,
  maxValue: null,
  cache: null,
  cycle: false,
}

export interface PostgresPrimaryKey {
  readonly deferrable: Deferral | null
  /** Columns that are kept beside the key. */
  readonly include: readonly string[]
  /** Settings of the index that it stands on. */
  readonly with: Readonly<Record<string, string>>
}

export const plainPostgresPrimaryKey: PostgresPrimaryKey = { deferrable: null, include: [], with: {} }

export interface PostgresCheck {
  /** True where rows that were there before it have not been looked at. */
  readonly notValid: boolean
  /** True where tables that inherit from this one are not held to it. */
  readonly noInherit: boolean
}

export interface PostgresForeignKey {
  /** True where rows that were there before it have not been looked at. */
  readonly notValid: boolean
  /** The columns that ON DELETE sets; all where it is empty. */
  readonly setColumns: readonly string[]
}

/** A record where it says anything; null where it is all as it would be by itself. */
export function unlessPlain<T extends object>(own: T, plain: T): T | null {
  return sameData(own, plain) ? null : own
}
