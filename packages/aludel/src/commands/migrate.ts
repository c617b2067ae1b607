// migrate: a revision with what the models say and the database does not. Nothing changed: no file.

import type { Comparison } from '../compare/compare.ts'
import { dialectNamed } from '../dialects/registry.ts'
import { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import { requireSupported } from '../ops/refusals.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireWritable } from '../project/scripts.ts'
import { readVersionRows } from '../runner/bookkeeping.ts'
import { withSession } from '../runner/session.ts'
import type { Command } from './command.ts'
import { compareProject, isAtHead, notUpToDate } from './compare-project.ts'
import type { RevisionResult } from './revision.ts'
import { type NewRevisionOptions, parentsFor, writeRevision } from './write-revision.ts'

export type MigrateOptions = NewRevisionOptions
export type MigrateResult = RevisionResult

export const migrate: Command<MigrateOptions, MigrateResult> = async (project, options) => {
  const graph = requireWritable(loadScripts(project))
  const parents = parentsFor(graph, options)
  const comparison = await withSession(project, { mustExist: true }, async (session) => {
    const rows = (await readVersionRows(project, session)) ?? []
    if (!isAtHead(graph, rows)) throw notUpToDate(graph, rows)
    return compareProject(project, session, graph)
  })
  const { upgrade, downgrade, notes, remarks } = comparison
  if (upgrade.length === 0) return { revision: null, operations: [], questions: [], warnings: notes }
  await requireEngines(project, comparison)
  const written = writeRevision(project, parents, options, { upgrade, downgrade, remarks })
  return { revision: written.revision, operations: upgrade, questions: [], warnings: [...notes, ...written.warnings] }
}

/** Every engine that the revisions must serve renders what is new; one that cannot refuses it now, not in a later run. */
async function requireEngines(project: Project, { upgrade, downgrade }: Comparison): Promise<void> {
  for (const name of project.configuration.engines ?? []) {
    const dialect = await dialectNamed(name)
    for (const op of [...upgrade, ...downgrade]) {
      try {
        requireSupported(op, { dialect: dialect.name, features: dialect.features })
        dialect.refuse(op)
      } catch (error) {
        throw refused(name, op, error)
      }
    }
  }
}

function refused(engine: string, op: Op, error: unknown): AludelError {
  const reason = error instanceof Error ? error.message : String(error)
  return new AludelError(
    'unsupported-on-engine',
    `The new revision must serve ${engine}, which cannot do it: ${reason}`,
    {
      hint: error instanceof AludelError ? error.hint : null,
      details: { engine, operation: op.kind },
      cause: error,
    },
  )
}
