// check: whether models and database agree.

import type { Question } from '../diff/questions.ts'
import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import { loadScripts, requireLegal } from '../project/scripts.ts'
import { type DeviationFinding, deviationFindings } from '../runner/deviation-findings.ts'
import { deviationsOf } from '../runner/deviations.ts'
import { readVersionRows } from '../runner/own-tables.ts'
import { withSession } from '../runner/session.ts'
import type { Command } from './command.ts'
import { compareProject, isAtHead } from './compare-project.ts'

export interface CheckResult {
  readonly atHead: boolean
  readonly differences: readonly Op[]
  /** The differences as sentences, in the same order. */
  readonly text: readonly string[]
  /** What `migrate` would ask; where it is a rename, the differences drop and add. */
  readonly questions: readonly Question[]
  /** What files and history disagree about: revisions changed after they ran, and ones that never ran. */
  readonly findings: readonly DeviationFinding[]
}

export interface CheckOptions {
  /** Take for a difference also what neither the models nor a revision know. */
  readonly dropUnknown?: boolean
}

export const check: Command<CheckOptions, CheckResult> = async (project, { dropUnknown = false }) => {
  const graph = requireLegal(loadScripts(project))
  // What models need is read while the database is waited for; whoever loads them hears of what is wrong with it.
  project.loader.ready().catch(() => undefined)
  return withSession(project, { mustExist: true }, async (session) => {
    const rows = (await readVersionRows(project, session)) ?? []
    const deviations = await deviationsOf({ project, session, graph, rows })
    const { upgrade, questions } = await compareProject(project, session, graph, { dropUnknown })
    return {
      atHead: isAtHead(graph, rows),
      differences: upgrade,
      text: upgrade.map((op) => definitionOf(op).describe(op)),
      questions,
      findings: await deviationFindings(project, deviations),
    }
  })
}
