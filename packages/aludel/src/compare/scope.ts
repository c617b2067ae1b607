// Whose tables these are: bookkeeping of any migration tool is never compared, and filters say what else is left alone.

import { archivePrefix } from '../ops/archives.ts'
import type { ObjectFilter } from '../project/configuration.ts'
import type { Schema, Table } from '../schema/model.ts'

/** Tables in which migration tools keep their own account. */
const bookkeeping = new Set([
  'alembic_version',
  'aludel_history',
  'aludel_archive',
  'knex_migrations',
  'knex_migrations_lock',
  '_prisma_migrations',
  '__drizzle_migrations',
  'sequelizemeta',
  'kysely_migration',
  'kysely_migration_lock',
  'flyway_schema_history',
  'databasechangelog',
  'databasechangeloglock',
  'typeorm_metadata',
  'schema_migrations',
  'mikro_orm_migrations',
  'pgmigrations',
  'atlas_schema_revisions',
])

export interface CompareScope {
  /** Names of the project's own two tables. */
  readonly own: readonly string[]
  readonly include: ObjectFilter | undefined
  readonly exclude: ObjectFilter | undefined
}

/** The schema without what is not to be compared. */
export function withinScope(schema: Schema, scope: CompareScope): Schema {
  return { ...schema, tables: schema.tables.filter((table) => isInScope(table, scope)) }
}

/** True of the account of a migration tool, ours or another, and of what ours has kept. */
export function isBookkeeping(name: string, own: readonly string[]): boolean {
  return own.includes(name) || bookkeeping.has(name.toLowerCase()) || name.startsWith(archivePrefix)
}

function isInScope(table: Table, { own, include, exclude }: CompareScope): boolean {
  if (isBookkeeping(table.name, own)) return false
  if (exclude !== undefined && matches(table, exclude)) return false
  return include === undefined || matches(table, include)
}

function matches({ namespace, name }: Table, filter: ObjectFilter): boolean {
  if (typeof filter === 'function') return filter({ kind: 'table', namespace, name })
  const full = namespace === null ? name : `${namespace}.${name}`
  return filter.some((pattern) => matchesPattern(pattern, name) || matchesPattern(pattern, full))
}

function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(name)
}
