// A user's strict TypeScript project in one file: it must compile against the packed package, with either resolution.

import { AludelError, buildGraph, defineConfig, type Operations, planUpgrade, type RevisionTest } from 'aludel'
import { runCli } from 'aludel/cli'
import type { KyselyDatabase } from 'aludel/kysely'
import { defineSchema, index, integer, name, now, sql, string, table, timestamp } from 'aludel/schema'
import { type MigrationCheck, verifyMigrations } from 'aludel/testing'
import type { Kysely } from 'kysely'

export const team = table('team', { id: integer().identity().primaryKey(), name: string(40).notNull().unique() })

export const user = table(
  'user',
  {
    id: integer().identity().primaryKey(),
    email: string(120).notNull(),
    teamId: integer('team_id').references(() => team.columns.id, { onDelete: 'cascade' }),
    createdAt: timestamp('created_at').notNull().default(now()),
  },
  (t) => [index().on(t.email)],
)

// @ts-expect-error The team has no such column, so this reference must not compile.
export const wrong = integer().references(() => team.columns.nothing)

export const schema = defineSchema([team, user])

export type Database = KyselyDatabase<typeof schema>

export function emails(db: Kysely<Database>): Promise<{ email: string }[]> {
  return db.selectFrom('user').select('email').where('team_id', 'is not', null).execute()
}

export const config = defineConfig({ url: 'sqlite:app.db', schema: () => schema, migrations: './migrations' })

export function upgrade(op: Operations): void {
  op.addColumn('user', 'status', string(32).notNull().default('active'))
  op.execute(sql`UPDATE ${name('user')} SET status = ${'idle'}`)
}

export function downgrade(op: Operations): void {
  op.dropColumn('user', 'status')
}

export async function run(): Promise<number> {
  const graph = buildGraph([{ id: 'a', downRevisions: [], dependsOn: [], branchLabels: [] }])
  const { steps } = planUpgrade(graph, { current: [], target: 'head' })
  if (steps.length !== 1) throw new AludelError('unknown-revision', 'There is one step.')
  return runCli(['heads'], { name: 'app db', config })
}

export const test: RevisionTest = {
  before: async ({ db, quote }) => {
    await db.query(`INSERT INTO ${quote('user')} (email) VALUES ('ada@example.org')`)
  },
  rows: 'changed',
}

export function checks(): Promise<readonly MigrationCheck[]> {
  return verifyMigrations(config, { since: 'main', shard: { part: 1, of: 4 } })
}
