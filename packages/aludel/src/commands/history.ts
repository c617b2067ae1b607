// history: the graph, newest first, with what is applied where that is asked.

import { loadScripts } from '../project/scripts.ts'
import { history as historyOf, resolveRange } from '../revisions/history.ts'
import type { Command } from './command.ts'
import { databaseRows } from './database-rows.ts'
import { drawingOf } from './drawing.ts'
import type { DrawnResult } from './heads.ts'
import { revisionJson, scriptsOf, standingOf } from './revision-json.ts'

export interface HistoryOptions {
  /** `a:b`, either end left out or relative; the ends are part of it. */
  readonly range?: string
  /** Ask the database what is applied. */
  readonly indicateCurrent?: boolean
  /** Draw the revisions. */
  readonly draw?: boolean
}

export type HistoryResult = DrawnResult

export const history: Command<HistoryOptions, HistoryResult> = async (project, options) => {
  const { graph, problems } = loadScripts(project)
  const asks = options.indicateCurrent === true || needsDatabase(options.range)
  const rows = asks ? await databaseRows(project) : null
  const range = options.range === undefined ? null : resolveRange(graph, options.range, { current: rows })
  const standing = rows !== null && options.indicateCurrent === true ? standingOf(graph, rows) : null
  const order = historyOf(graph, range)
  const drawing = options.draw === true ? drawingOf(graph, order, standing) : null
  return {
    revisions: drawing?.revisions ?? scriptsOf(graph, order).map((script) => revisionJson(graph, script, standing)),
    problems,
    missing: standing?.unknown ?? null,
    drawing,
  }
}

function needsDatabase(range: string | undefined): boolean {
  return range !== undefined && /(?:^|:|@)(?:current|[-+]\d)/.test(range)
}
