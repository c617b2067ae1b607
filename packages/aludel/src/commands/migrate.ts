// migrate: a revision with what the models say and the database does not. Nothing changed: no file.

import { type Comparison, wayBackByHand } from '../compare/compare.ts'
import { dialectNamed } from '../dialects/registry.ts'
import { proposedMessage } from '../diff/message.ts'
import type { Answer, Question } from '../diff/questions.ts'
import { splitByTable } from '../diff/split/split.ts'
import { AludelError } from '../errors.ts'
import { isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { requireSupported } from '../ops/refusals.ts'
import { applyAll, invertAll } from '../ops/registry.ts'
import type { Project } from '../project/project.ts'
import { loadScripts, requireWritable } from '../project/scripts.ts'
import { readVersionRows } from '../runner/own-tables.ts'
import { withSession } from '../runner/session.ts'
import { type AnswersGiven, answersFrom } from './answers.ts'
import type { Command } from './command.ts'
import { compareProject, isAtHead, notUpToDate } from './compare-project.ts'
import type { RevisionResult } from './revision.ts'
import type { RevisionJson } from './revision-json.ts'
import {
  type Body,
  type NewRevisionOptions,
  parentsFor,
  type WrittenRevision,
  writeRevision,
} from './write-revision.ts'

export interface MigrateOptions extends NewRevisionOptions, AnswersGiven {
  /** Where the path of a file of answers starts; default: the project's folder. */
  readonly cwd?: string
  /** Who is asked what is not answered yet; default: nobody, and then nothing is written while something is open. */
  readonly ask?: (question: Question) => Promise<Answer | null>
  /** Drop also what neither the models nor a revision know. */
  readonly dropUnknown?: boolean
  /** One revision for each table, or for tables that need each other. */
  readonly split?: boolean
}

export interface MigrateResult extends RevisionResult {
  /** With `split` all of them, each following the one before; `revision` is the last. */
  readonly revisions?: readonly RevisionJson[]
}

export const migrate: Command<MigrateOptions, MigrateResult> = async (project, options) => {
  const graph = requireWritable(loadScripts(project))
  const parents = parentsFor(graph, options)
  const answers = answersFrom(options, options.cwd ?? project.directory)
  const { ask = null, dropUnknown = false } = options
  const comparison = await withSession(project, { mustExist: true }, async (session) => {
    const rows = (await readVersionRows(project, session)) ?? []
    if (!isAtHead(graph, rows)) throw notUpToDate(graph, rows)
    return compareProject(project, session, graph, { answers, ask, dropUnknown })
  })
  const { upgrade, questions, notes } = comparison
  if (upgrade.length === 0) return { revision: null, operations: [], questions: [], warnings: notes }
  if (questions.length > 0) return { revision: null, operations: [], questions, warnings: notes }
  await requireEngines(project, comparison)
  const bodies = options.split ? splitBodies(comparison) : [comparison]
  return writeBodies({ project, parents, options, comparison, bodies })
}

/** A body for each part of the list, with a way down of its own. */
function splitBodies({ upgrade, before }: Comparison): readonly Body[] {
  if (before === null) return []
  let schema = before
  return splitByTable(upgrade, before).map((ops) => {
    const back = invertAll(ops, schema)
    schema = applyAll(schema, ops)
    return isIrreversible(back)
      ? { upgrade: ops, downgrade: [], remarks: [wayBackByHand(back)] }
      : { upgrade: ops, downgrade: back, remarks: [] }
  })
}

interface Writing {
  readonly project: Project
  readonly parents: readonly string[]
  readonly options: MigrateOptions
  readonly comparison: Comparison
  readonly bodies: readonly Body[]
}

function writeBodies({ project, parents, options, comparison, bodies }: Writing): MigrateResult {
  requireOneId(options, bodies)
  const written: WrittenRevision[] = []
  for (const body of bodies) {
    const { revision } = written.at(-1) ?? {}
    const own = { ...options, message: messageFor(options, body, bodies.length) }
    // What is said of a branch is said of the first: the others follow it.
    const { branchLabels: _, dependsOn: __, ...following } = own
    written.push(
      writeRevision(
        project,
        revision === undefined ? parents : [revision.id],
        revision === undefined ? own : following,
        body,
      ),
    )
  }
  return {
    revision: written.at(-1)?.revision ?? null,
    ...(options.split ? { revisions: written.map(({ revision }) => revision) } : {}),
    operations: comparison.upgrade,
    questions: [],
    warnings: [...comparison.notes, ...written.flatMap(({ warnings }) => warnings)],
  }
}

function messageFor({ message }: MigrateOptions, { upgrade }: Body, count: number): string {
  const proposed = proposedMessage(upgrade)
  if (message === undefined) return proposed
  return count === 1 ? message : `${message}: ${proposed.charAt(0).toLowerCase()}${proposed.slice(1)}`
}

function requireOneId({ revisionId }: MigrateOptions, bodies: readonly Body[]): void {
  if (revisionId === undefined || bodies.length === 1) return
  throw new AludelError('usage', `One identifier is given, and ${bodies.length} revisions would be written.`, {
    hint: 'Leave out --rev-id or --split.',
  })
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
