// autoMigrate: an upgrade at the start of an application, of which many replicas may start at once.

import { milliseconds } from '../clock.ts'
import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import { withContact } from '../runner/contact.ts'
import { readVersionRows } from '../runner/own-tables.ts'
import { standingOf } from './revision-json.ts'
import type { MoveOptions, MoveResult } from './upgrade.ts'
import { upgrade } from './upgrade.ts'

export interface AutoMigrateOptions extends Pick<MoveOptions, 'progress' | 'log' | 'signal' | 'cancel'> {
  /** Default: every head. */
  readonly target?: string
  /** What to do where the database has revisions that this code has no files of; default: 'start' all the same. */
  readonly whenAhead?: 'start' | 'refuse'
}

export interface AutoMigrateResult extends Omit<MoveResult, 'target'> {
  /** The version rows that this code has no files of; none where it was migrated. */
  readonly ahead: readonly string[]
}

export async function autoMigrate(
  project: Project,
  { target = 'heads', whenAhead = 'start', ...options }: AutoMigrateOptions = {},
): Promise<AutoMigrateResult> {
  const startedAt = milliseconds()
  try {
    const { target: _, ...result } = await upgrade(project, { ...options, target })
    return { ...result, ahead: [] }
  } catch (error) {
    // It was ahead before, or a newer replica was at work while this one waited for the lock.
    const now = await standing(project).catch(() => null)
    if (now === null || now.ahead.length === 0) throw error
    return aheadResult(now)
  }

  function aheadResult(now: Standing): AutoMigrateResult {
    if (whenAhead === 'refuse') throw refusal(now)
    options.log?.(
      `${now.database} is at ${now.ahead.join(', ')}, of which this code has no files: nothing was migrated.`,
    )
    const durationMs = Math.round(milliseconds() - startedAt)
    return { database: now.database, current: now.rows, steps: [], heads: now.rows, durationMs, ahead: now.ahead }
  }
}

interface Standing {
  readonly database: string
  readonly rows: readonly string[]
  readonly ahead: readonly string[]
}

async function standing(project: Project): Promise<Standing> {
  const graph = requireLegal(loadScripts(project))
  return withContact(project, { mustExist: false }, async (session) => {
    const rows = (await readVersionRows(project, session)) ?? []
    return { database: session.db.address, rows, ahead: standingOf(graph, rows).unknown }
  })
}

function refusal({ database, ahead }: Standing): AludelError {
  return new AludelError(
    'database-ahead',
    `${database} is at ${ahead.join(', ')}, of which this code has no files: a newer version has migrated it.`,
    { hint: 'Start the newer version, or one that knows these revisions.', details: { ahead } },
  )
}
