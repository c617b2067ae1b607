// The two tables that Aludel keeps in a user's database: Alembic's version table, and the history beside it.

import type { Value } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import { versionWidth } from '../revisions/problems.ts'
import type { RowChange } from '../revisions/rows.ts'
import { bigint, integer, smallint, string, text, timestamptz } from '../schema/column.ts'
import { primaryKey } from '../schema/constraints.ts'
import { emptySchema, type Schema, type Table } from '../schema/model.ts'
import { defaultNaming } from '../schema/naming.ts'
import { type ColumnMap, table } from '../schema/table.ts'
import type { Origin } from './origin.ts'
import { historyTableName, quoted, versionTableName } from './own-tables.ts'
import type { Session } from './session.ts'

const wideVersion = 255

export function versionTable(project: Project, width = versionWidth): Table {
  const { name } = versionTableName(project)
  return modelOf(project, name, { version_num: string(width).notNull() }, `${name}_pkc`, 'version_num')
}

export function historyTable(project: Project): Table {
  return modelOf(project, historyTableName(project).name, historyColumns, `${project.historyTable}_pkc`, null)
}

const historyColumns = {
  id: bigint().identity().primaryKey(),
  format: smallint().notNull(),
  run: string(36).notNull(),
  event: string(16).notNull(),
  revision: string(255),
  direction: string(10),
  phase: string(16),
  position: integer(),
  total: integer(),
  statement_sha: string(64),
  at: timestamptz().notNull(),
  duration_ms: integer(),
  raw_sha: string(64),
  ops_sha: string(64),
  heads: text(),
  undo: text(),
  error: text(),
  tool: string(64),
  actor: string(255),
  host: string(255),
  commit_sha: string(64),
}

function modelOf(project: Project, name: string, columns: ColumnMap, key: string, keyColumn: string | null): Table {
  const namespace = project.configuration.versionTableNamespace
  const parts = keyColumn === null ? null : () => [primaryKey([keyColumn], key)]
  return table(name, columns, parts, namespace === undefined ? {} : { namespace }).model(defaultNaming)
}

/** The statements that make both tables where they are missing. */
export function creation(dialect: Dialect, tables: readonly Table[]): readonly string[] {
  const ops = tables.map((one): Op => ({ kind: 'createTable', table: one, ifNotExists: true }))
  return dialect.render(ops, emptySchema).map((statement) => statement.sql)
}

async function hasHistory(project: Project, { db, dialect }: Session): Promise<boolean> {
  try {
    await db.query(`SELECT 1 FROM ${quoted(dialect, historyTableName(project))} WHERE 1 = 0`)
    return true
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return false
    throw error
  }
}

/**
 * Makes the tables where they are missing, and widens the version table for ids that Alembic's width cannot hold.
 * `rows` is what `readVersionRows` has just answered.
 */
export async function prepareTables(
  project: Project,
  session: Session,
  rows: readonly string[] | null,
  ids: readonly string[],
): Promise<void> {
  const { db, dialect } = session
  const wide = ids.some((id) => id.length > versionWidth)
  const missing = [
    ...(rows === null ? [versionTable(project, wide ? wideVersion : versionWidth)] : []),
    ...((await hasHistory(project, session)) ? [] : [historyTable(project)]),
  ]
  if (missing.length > 0) await db.statements(creation(dialect, missing))
  if (rows !== null && wide && dialect.features.alterConstraints) await widen(project, session)
}

async function widen(project: Project, { db, dialect }: Session): Promise<void> {
  const at = versionTableName(project)
  const actual = await dialect.introspect(db, { objects: [{ kind: 'table', ...at, part: null }] })
  const type = actual.tables[0]?.columns.find((column) => column.name === 'version_num')?.type
  if (type?.kind !== 'string' || type.length === null || type.length >= wideVersion) return
  await db.statements(widening(project, dialect, actual))
}

function widening(project: Project, dialect: Dialect, before: Schema): readonly string[] {
  const op: Op = {
    kind: 'alterColumn',
    table: versionTableName(project),
    column: 'version_num',
    set: { type: { kind: 'string', length: wideVersion } },
    using: null,
  }
  return dialect.render([op], before).map((statement) => statement.sql)
}

/** The same as statements for a script: made where they are missing, and wide enough whoever made them. */
export function preparation(project: Project, dialect: Dialect, ids: readonly string[]): readonly string[] {
  const wide = ids.some((id) => id.length > versionWidth)
  const table = versionTable(project, wide ? wideVersion : versionWidth)
  const made = creation(dialect, [table, historyTable(project)])
  if (!wide || !dialect.features.alterConstraints) return made
  return [...made, ...widening(project, dialect, { ...emptySchema, tables: [versionTable(project)] })]
}

/** True in SQL where the version rows are these and no others. */
export function rowsAre(project: Project, dialect: Dialect, rows: readonly string[]): string {
  const count = (condition: string) =>
    `(SELECT count(*) FROM ${quoted(dialect, versionTableName(project))}${condition}) = ${rows.length}`
  if (rows.length === 0) return count('')
  const ids = rows.map((row) => dialect.literal(row)).join(', ')
  return `${count('')} AND ${count(` WHERE ${dialect.quote('version_num')} IN (${ids})`)}`
}

/** The statements that move the version rows as a step does. */
export function versionStatements(project: Project, dialect: Dialect, change: RowChange): readonly string[] {
  const at = quoted(dialect, versionTableName(project))
  const column = dialect.quote('version_num')
  const is = (id: string) => `${column} = ${dialect.literal(id)}`
  const { deleted, updated, inserted } = change
  return [
    ...deleted.map((id) => `DELETE FROM ${at} WHERE ${is(id)}`),
    ...(updated === null ? [] : [`UPDATE ${at} SET ${is(updated.to)} WHERE ${is(updated.from)}`]),
    ...inserted.map((id) => `INSERT INTO ${at} (${column}) VALUES (${dialect.literal(id)})`),
  ]
}

export type HistoryEvent = 'begin' | 'statement' | 'done' | 'failed' | 'stamp' | 'resolve'

export type HistoryRow = Partial<Readonly<Record<Exclude<keyof typeof historyColumns, 'id' | 'event'>, Value>>> & {
  readonly event: HistoryEvent
}

interface Passage {
  readonly script: Script
  readonly direction: string
}

/** A row of the history about one step. */
export function stepRow(origin: Origin, { script, direction }: Passage, row: HistoryRow): HistoryRow {
  return { ...origin, revision: script.id, direction, phase: script.phase, ...row }
}

/** The statement that writes one row of the history; what the database is to tell itself is given as expressions. */
export function historyStatement(
  project: Project,
  dialect: Dialect,
  row: HistoryRow,
  told: { readonly at?: string; readonly duration_ms?: string | null } = {},
): string {
  const columns: string[] = []
  const values: string[] = []
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined) continue
    columns.push(dialect.quote(name))
    values.push(dialect.literal(value))
  }
  for (const [name, expression] of Object.entries(told)) {
    if (expression === null) continue
    columns.push(dialect.quote(name))
    values.push(expression)
  }
  const table = quoted(dialect, historyTableName(project))
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`
}
