// check: whether models and database agree.

import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import { readVersionRows } from '../runner/bookkeeping.ts'
import { withSession } from '../runner/session.ts'
import type { Command } from './command.ts'
import { compareProject, isAtHead } from './compare-project.ts'

export interface CheckResult {
  readonly atHead: boolean
  readonly differences: readonly Op[]
  /** The differences as sentences, in the same order. */
  readonly text: readonly string[]
  readonly questions: readonly unknown[]
}

export const check: Command<Record<never, never>, CheckResult> = async (project) => {
  const graph = requireLegal(loadScripts(project))
  return withSession(project, { mustExist: true }, async (session) => {
    const rows = (await readVersionRows(project, session)) ?? []
    const { upgrade } = await compareProject(project, session, graph)
    return {
      atHead: isAtHead(graph, rows),
      differences: upgrade,
      text: upgrade.map((op) => definitionOf(op).describe(op)),
      questions: [],
    }
  })
}
