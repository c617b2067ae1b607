// What became of a step that broke off, said by a person: the version rows follow, and the journal is closed.

import { AludelError } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { ancestors } from '../revisions/relations.ts'
import { type RevisionStep, rowsAlong } from '../revisions/rows.ts'
import { opsSum, rawSum, recordBody } from './body.ts'
import { historyStatement, prepareTables, versionStatements } from './bookkeeping.ts'
import { type BrokenOff, readBrokenOffs } from './broken-off.ts'
import { deviationsOf } from './deviations.ts'
import { requireStill } from './moved.ts'
import { originOf } from './origin.ts'
import { readVersionRows } from './own-tables.ts'
import type { Session } from './session.ts'
import { awaitedLock } from './statements/awaited-lock.ts'
import type { ProgressEvent } from './statements/events.ts'

export interface ResolveRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
  readonly revision: string
  /** `applied`: everything that the revision does is in the database; `undone`: nothing of it is. */
  readonly as: 'applied' | 'undone'
  readonly progress: (event: ProgressEvent) => void
}

export interface ResolveResult {
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
}

/** @throws AludelError `nothing-to-resolve` where no step of the revision has broken off, and none is missing below the rows. */
export async function runResolve(request: ResolveRequest): Promise<ResolveResult> {
  const { project, session } = request
  const { db, dialect } = session
  const lock = await awaitedLock(request)
  try {
    const rows = await readVersionRows(project, session)
    const rowsBefore = rows ?? []
    const broken = (await readBrokenOffs(project, session)).get(request.revision) ?? null
    await requireOpen(request, rowsBefore, broken)
    await prepareTables(project, session, rows, [request.revision])
    const { statements, rowsAfter } = movement(request, rowsBefore)
    const sentence = historyStatement(project, dialect, {
      ...originOf(project.directory),
      event: 'resolve',
      revision: request.revision,
      direction: request.as === 'applied' ? 'upgrade' : 'downgrade',
      at: new Date(),
      heads: JSON.stringify(rowsAfter),
      ...(request.as === 'applied' ? sumsOf(request) : {}),
    })
    await db.transaction(async () => {
      await lock.fence?.()
      await requireStill(project, session, rowsBefore)
      await db.statements([...statements, sentence])
    })
    return { rowsBefore, rowsAfter }
  } finally {
    await lock.release()
  }
}

async function requireOpen(request: ResolveRequest, rows: readonly string[], broken: BrokenOff | null): Promise<void> {
  if (broken !== null) return
  const { revision, as } = request
  const { neverRan } = await deviationsOf({ ...request, rows })
  if (as === 'applied' && neverRan.some(({ id }) => id === revision)) return
  throw new AludelError('nothing-to-resolve', `No step of revision ${revision} has broken off here.`, {
    hint: `\`aludel log ${revision}\` shows what happened to it. To move the revision of the database by hand: \`aludel stamp\`.`,
    details: { revision },
  })
}

/** How the rows move so that the revision counts as applied, or as not. */
function movement(
  { project, session, graph, revision, as }: ResolveRequest,
  rows: readonly string[],
): { readonly statements: readonly string[]; readonly rowsAfter: readonly string[] } {
  const script = graph.revisions.get(revision)
  const isApplied = ancestors(graph, rows).includes(revision)
  if (isApplied === (as === 'applied')) return { statements: [], rowsAfter: rows }
  if (script === undefined) {
    throw new AludelError('unknown-revision', `No file here has the revision ${revision}.`, {
      hint: 'Get its file, or move the rows by hand: `aludel stamp`.',
      details: { revision },
    })
  }
  const step: RevisionStep<Script> = { direction: as === 'applied' ? 'upgrade' : 'downgrade', revision: script }
  requireNext(graph, step, rows)
  const [passed] = rowsAlong(graph, rows, [step])
  if (passed === undefined) return { statements: [], rowsAfter: rows }
  return { statements: versionStatements(project, session.dialect, passed.change), rowsAfter: passed.rowsAfter }
}

/** A revision can count as applied only on what it follows, and as taken back only where nothing follows it. */
function requireNext(
  graph: RevisionGraph<Script>,
  { direction, revision }: RevisionStep<Script>,
  rows: readonly string[],
): void {
  const applied = new Set(ancestors(graph, rows))
  const missing = ancestors(graph, [revision.id]).filter((id) => id !== revision.id && !applied.has(id))
  if (direction === 'upgrade' ? missing.length === 0 : rows.includes(revision.id)) return
  throw new AludelError(
    'not-next',
    direction === 'upgrade'
      ? `Revision ${revision.id} cannot count as applied: ${missing.join(', ')} ${missing.length === 1 ? 'comes' : 'come'} before it.`
      : `Revision ${revision.id} cannot count as taken back: other revisions stand on it.`,
    { hint: '`aludel current` shows where the database stands.', details: { revision: revision.id, missing } },
  )
}

/** The sums of what the file says, so that it does not count as changed afterwards. */
function sumsOf({ project, session, graph, revision }: ResolveRequest): {
  readonly raw_sha?: string
  readonly ops_sha?: string
} {
  const script = graph.revisions.get(revision)
  if (script === undefined) return {}
  try {
    return {
      raw_sha: rawSum(project, script),
      ops_sha: opsSum(recordBody(project, script, 'upgrade', session.dialect).ops),
    }
  } catch {
    return {}
  }
}
