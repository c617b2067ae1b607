// Tables in which migration tools keep their own account: by their names, and where a name is anybody's by their columns too.

import type { Table } from '../schema/model.ts'

/** In lower case: some tools write theirs with capitals. */
const known = new Set([
  'alembic_version',
  'aludel_history',
  'aludel_archive',
  'knex_migrations',
  'knex_migrations_lock',
  '_prisma_migrations',
  '__drizzle_migrations',
  'sequelizemeta',
  'sequelizedata',
  'typeorm_metadata',
  'kysely_migration',
  'kysely_migration_lock',
  'mikro_orm_migrations',
  'pgmigrations',
  'flyway_schema_history',
  'databasechangelog',
  'databasechangeloglock',
  'schema_migrations',
  'ar_internal_metadata',
  'atlas_schema_revisions',
  'goose_db_version',
  'django_migrations',
  'doctrine_migration_versions',
  '__efmigrationshistory',
  '__diesel_schema_migrations',
  '_sqlx_migrations',
  'phinxlog',
])

/** Names that an application may give to a table of its own; with exactly these columns it is the tool's. */
const shapes: readonly { readonly tool: string; readonly columns: readonly string[] }[] = [
  { tool: 'typeorm', columns: ['id', 'name', 'timestamp'] },
  { tool: 'laravel', columns: ['batch', 'id', 'migration'] },
  { tool: 'db-migrate', columns: ['id', 'name', 'run_on'] },
  { tool: 'postgres-migrations', columns: ['executed_at', 'hash', 'id', 'name'] },
]

export function isBookkeeping({ name, columns }: Table): boolean {
  const title = name.toLowerCase()
  if (known.has(title)) return true
  if (title !== 'schema_version' && title !== 'migrations') return false
  const held = columns
    .map((column) => column.name)
    .sort()
    .join(' ')
  // Flyway's table had this name before it got one of its own.
  if (title === 'schema_version') return held.includes('installed_rank') && held.includes('checksum')
  return shapes.some((shape) => shape.columns.join(' ') === held)
}
