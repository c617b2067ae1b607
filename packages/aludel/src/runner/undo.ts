// The SQL that undoes a step, for a database whose revision file may be on another git branch one day.

import type { Dialect } from '../dialects/dialect.ts'
import { archiveOf, placeOf } from '../ops/archives.ts'
import { type ObjectRef, refKey, tableRef } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import { directionOps } from './direction.ts'
import { type Folded, foldOps, nothing } from './fold.ts'
import { type ScriptOptions, writeOps } from './offline-ops.ts'
import { isAtomic } from './segments.ts'
import type { PlannedStep, StepContext } from './steps.ts'

/** Stands before the statements where they cannot be in a transaction. */
const apartMark = '-- not in a transaction'

const mostBytes = 65_536

export interface Undo {
  /** What must be read from the database, after the step, before the text can be told. */
  readonly reads: readonly ObjectRef[]
  /** Null where the step cannot be undone by SQL that may be kept: code, rows, or more than 64 KB. */
  text(after: Folded): string | null
}

/** Of a run as of a script. */
export type UndoContext = Pick<ScriptOptions, 'project' | 'graph' | 'dialect' | 'inverses' | 'origin'>

/** False where the history is to say nothing of how a step is undone. */
export function keepsUndo({ configuration }: Project): boolean {
  return configuration.history?.undo !== false
}

const none: Undo = { reads: [], text: () => null }

/** What undoes an upgrade, rendered from its way down; of any other step nothing is kept. Never throws. */
export function undoOf(context: UndoContext, step: PlannedStep): Undo {
  const { project, graph, dialect, inverses } = context
  const { script } = step
  if (step.direction !== 'upgrade' || !keepsUndo(project)) return none
  try {
    const ops = directionOps({ project, graph, script, direction: 'downgrade', dialect, inverses })
    if (ops.some(isNotKept)) return none
    return { reads: undoReads(ops, context), text: (after) => undoText(context, { ...step, ops }, after) }
  } catch {
    // A way down that cannot be recorded is no reason to refuse the way up.
    return none
  }
}

/** The text, with what it needs read from the database; asks nothing where it needs nothing. */
export async function readUndo(context: StepContext, step: PlannedStep): Promise<string | null> {
  const { db, dialect } = context.session
  const { reads, text } = undoOf({ ...context, dialect }, step)
  return text(reads.length === 0 ? nothing : { ...nothing, schema: await dialect.introspect(db, { objects: reads }) })
}

/** Code is no SQL, and rows are the database's own: they are not copied into its history. */
function isNotKept(op: Op): boolean {
  if (op.kind === 'autocommit') return op.ops.some(isNotKept)
  return op.kind === 'run' || op.kind === 'bulkInsert' || op.kind === 'insertFile'
}

function undoReads(ops: readonly Op[], { dialect }: UndoContext): readonly ObjectRef[] {
  const found = new Map<string, ObjectRef>()
  const visit = (op: Op): void => {
    if (op.kind === 'autocommit') for (const inner of op.ops) visit(inner)
    const isArchive = op.kind === 'setAside' || op.kind === 'putBack'
    const refs = isArchive
      ? [tableRef(placeOf(op.op).table), tableRef(archiveOf(op.op, op.archive)), ...dialect.reads(op.op)]
      : dialect.reads(op)
    for (const ref of refs) found.set(refKey(ref), ref)
  }
  for (const op of ops) visit(op)
  return [...found.values()]
}

function undoText(context: UndoContext, step: PlannedStep, after: Folded): string | null {
  const { dialect } = context
  const statements: string[] = []
  let folded = after
  try {
    writeOps(
      {
        ...context,
        skipCode: false,
        put: (sql) => statements.push(sql.replace(/(?:\s|;)+$/, '')),
        comment: () => undefined,
      },
      { ...step, direction: 'downgrade' },
      {
        folded: () => folded,
        advance: (ops, revision) => {
          folded = foldOps(folded, ops, revision, dialect)
        },
      },
    )
  } catch {
    return null
  }
  const body = statements.map((sql) => dialect.script.ended(sql)).join('\n')
  const text = [headOf(step), ...(isAtomic(step.ops) ? [] : [apartMark]), body].join('\n').trimEnd()
  const count = statements.reduce((sum, sql) => sum + dialect.split(sql).length, 0)
  // What is kept must come back as it was, and be small enough for a row.
  const isReadable = Buffer.byteLength(text) <= mostBytes && readKept(text, dialect)?.statements.length === count
  return isReadable ? text : null
}

/** The rows that the step replaced, so that they can be put back without its file. */
function headOf({ script, change }: PlannedStep): string {
  const replaced = [...(change.updated === null ? [] : [change.updated.from]), ...change.deleted].sort()
  return `-- undoes ${script.id}, which replaced ${JSON.stringify(replaced)}`
}

/** What was kept, taken apart. */
export interface KeptUndo {
  /** The version rows that the step replaced. */
  readonly replaced: readonly string[]
  readonly statements: readonly string[]
  /** False where they cannot be in a transaction. */
  readonly transactional: boolean
}

/** Null where the text is none of ours. */
export function readKept(text: string, { split }: Pick<Dialect, 'split'>): KeptUndo | null {
  const [head = '', ...lines] = text.split('\n')
  const replaced = /^-- undoes \S+, which replaced (\[.*\])$/.exec(head)?.[1]
  if (replaced === undefined) return null
  const transactional = lines[0] !== apartMark
  const body = (transactional ? lines : lines.slice(1)).join('\n')
  return {
    replaced: JSON.parse(replaced) as readonly string[],
    statements: body.trim() === '' ? [] : split(body),
    transactional,
  }
}
