// Where a schema comes from, as data: a configuration may say it, and so may the command line.

import type { Schema } from '../schema/model.ts'

/** Files of SQL, folders of them, or both. */
export interface SqlSource {
  readonly kind: 'sql'
  /** Relative to the config file, or absolute. */
  readonly paths: readonly string[]
}

/** A program that prints SQL. */
export interface CommandSource {
  readonly kind: 'command'
  /** Its words; or a line, for which a shell is asked only where the line needs one. */
  readonly command: string | readonly string[]
  /** Milliseconds that it may take. */
  readonly timeout: number
}

/** A database as it is; without an address the configuration's own. */
export interface DatabaseSource {
  readonly kind: 'database'
  readonly url: string | null
}

export type SchemaReference =
  | SqlSource
  | CommandSource
  | DatabaseSource
  /** What the configuration gives as `schema`. */
  | { readonly kind: 'models' }
  /** A module that exports `schema`. */
  | { readonly kind: 'module'; readonly path: string }
  /** What the chain has made at a revision. */
  | { readonly kind: 'revision'; readonly target: string }

const minute = 60_000

/**
 * A schema that a program prints as SQL, so that models of any other library serve.
 *
 * @example defineConfig({ schema: command('drizzle-kit export') })
 */
export function command(line: string | readonly string[], options: { readonly timeout?: number } = {}): CommandSource {
  return { kind: 'command', command: line, timeout: options.timeout ?? minute }
}

/**
 * A schema that stands in files of SQL; of a folder every `.sql` file under it, in the order of their paths' code units.
 *
 * @example defineConfig({ schema: sqlFile('schema.sql') })
 */
export function sqlFile(...paths: readonly string[]): SqlSource {
  return { kind: 'sql', paths }
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && 'tables' in value && Array.isArray(value.tables)
}

const kinds: readonly unknown[] = ['sql', 'command', 'database', 'models', 'module', 'revision']

export function isSchemaReference(value: unknown): value is SchemaReference {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind)
}
