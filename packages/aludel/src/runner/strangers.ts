// Version rows that no file here answers for, as after a change of git branches: whose they are, and the way back from them
// by the SQL that the history keeps.

import type { Lock } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import type { RowChange } from '../revisions/rows.ts'
import { rowsAfter } from '../revisions/rows.ts'
import { isKnownRow } from '../revisions/target.ts'
import { type HistoryRow, historyStatement, versionStatements } from './bookkeeping.ts'
import { requireStill } from './moved.ts'
import { originOf } from './origin.ts'
import type { StepResult } from './outcome.ts'
import { containedRows } from './overlap.ts'
import type { Session } from './session.ts'
import { awaitedLock } from './statements/awaited-lock.ts'
import type { ProgressEvent } from './statements/events.ts'
import { textSum } from './sums.ts'
import { type LogEntry, lastDone, moment, readLog, whoDid } from './told.ts'
import { type KeptUndo, readKept } from './undo.ts'

/** A row whose file is not here. */
export interface Stranger {
  readonly revision: string
  /** The entry of its upgrade; null where the history does not know it. */
  readonly entry: LogEntry | null
  /** Null where no SQL is kept that undoes it. */
  readonly undo: KeptUndo | null
  /** What taking it back does to the rows, from those before. */
  readonly change: RowChange
  readonly rowsBefore: readonly string[]
  readonly rowsAfter: readonly string[]
}

export interface StrangerRequest {
  readonly project: Project
  readonly session: Session
  readonly graph: RevisionGraph<Script>
}

/**
 * The steps back from rows that have no file, newest first: until every row has one, or so many.
 *
 * @param most how many steps at most; null for all
 */
export async function strangersAt(
  { project, session, graph }: StrangerRequest,
  rows: readonly string[],
  most: number | null,
): Promise<readonly Stranger[]> {
  const entries = await readLog(project, session, { revision: null, limit: null })
  const strangers: Stranger[] = []
  for (let standing = rows; most === null || strangers.length < most; ) {
    const unknown = standing.filter((row) => !isKnownRow(graph, row))
    // Of several the one that came last goes first.
    const [next] = unknown
      .map((revision) => ({ revision, entry: lastDone(entries, revision) }))
      .sort((a, b) => (b.entry?.id ?? 0) - (a.entry?.id ?? 0))
    if (next === undefined) break
    const stranger = strangerOf(graph, session, standing, next)
    const before = new Set(strangers.map((one) => one.revision))
    requireLast(
      session,
      stranger,
      appliedAfter(entries, stranger).filter((id) => !before.has(id)),
    )
    strangers.push(stranger)
    if (stranger.undo === null) break
    standing = stranger.rowsAfter
  }
  return strangers
}

function strangerOf(
  graph: RevisionGraph<Script>,
  { dialect }: Session,
  rows: readonly string[],
  { revision, entry }: Pick<Stranger, 'revision' | 'entry'>,
): Stranger {
  const undo = entry?.undo == null ? null : readKept(entry.undo, dialect)
  const others = rows.filter((row) => row !== revision)
  const known = [...others, ...(undo?.replaced ?? [])].filter((row) => graph.revisions.has(row))
  // What another row contains by now is no row again.
  const contained = containedRows(graph, known)
  const [first, ...more] = (undo?.replaced ?? []).filter((row) => !contained.includes(row) && !others.includes(row))
  const change: RowChange = {
    deleted: first === undefined ? [revision] : [],
    updated: first === undefined ? null : { from: revision, to: first },
    inserted: more,
  }
  return { revision, entry, undo, change, rowsBefore: rows, rowsAfter: rowsAfter(rows, change) }
}

/** Revisions that were applied after it and were not taken back. */
function appliedAfter(entries: readonly LogEntry[], { revision, entry }: Stranger): readonly string[] {
  const later = entries.filter(({ id, event }) => event === 'done' && entry !== null && id > entry.id)
  const ids = new Set(later.map((one) => one.revision).filter((id) => id !== null))
  return [...ids].filter((id) => id !== revision && (lastDone(entries, id)?.id ?? 0) > (entry?.id ?? 0)).reverse()
}

/** Where a table is made anew as it was then, what others have added to it since would go with the old one. */
function requireLast({ dialect }: Session, { revision, undo }: Stranger, later: readonly string[]): void {
  if (later.length === 0 || undo === null || dialect.features.alterConstraints) return
  throw new AludelError(
    'applied-later',
    `${revision} has no file here, and ${later.join(', ')} ${later.length === 1 ? 'was' : 'were'} applied after it: the SQL that the history keeps makes tables as they were before that.`,
    {
      hint: `Take ${later.join(', ')} back first (\`aludel downgrade\` on that branch), or get the file of ${revision} and downgrade with that.`,
      details: { revision, later },
    },
  )
}

/** Whose row it is, in sentences. */
export function whoseRow({ entry }: Pick<Stranger, 'entry'>): string {
  if (entry === null) return 'The history does not know who applied it.'
  const commit = entry.commit === null ? '' : `, from commit ${entry.commit.slice(0, 12)}`
  return `It was applied ${moment(entry.at)} by ${whoDid(entry)}${commit}.`
}

/** The refusal where the way back is not kept, or where the way on needs the file: with whoever has it. */
export async function strangerRefusal(
  { project }: Pick<StrangerRequest, 'project'>,
  { revision, entry, undo }: Pick<Stranger, 'revision' | 'entry' | 'undo'>,
): Promise<AludelError> {
  const { gitFacts } = await import('../project/git.ts')
  const git = gitFacts(project)
  const lost = git?.lost(revision) ?? null
  const branches = lost === null ? [] : (git?.branchesWith(lost.commit) ?? [])
  const place =
    lost === null
      ? 'No commit of this repository has its file.'
      : `Git has its file, ${lost.path}, ${branches.length === 0 ? `in commit ${lost.commit.slice(0, 12)}` : `on ${branches.join(', ')}`}.`
  const back = undo === null ? null : 'Step back from it with `aludel downgrade`, by the SQL that the history keeps'
  const restore =
    lost === null
      ? 'get the code it came with'
      : `check out ${branches[0] ?? 'that commit'} or \`git checkout ${lost.commit.slice(0, 12)} -- ${lost.path}\``
  return new AludelError(
    'unknown-revision',
    `Can't locate revision "${revision}", at which the database stands: no file here has it. ${whoseRow({ entry })} ${place}`,
    {
      hint: `${back === null ? `${capital(restore)}.` : `${back}; or ${restore}.`} If its code is lost for ever, compare the schema with the chain, then \`aludel stamp --purge REVISION\`.`,
      details: { revision, row: true, entry, path: lost?.path ?? null, commit: lost?.commit ?? null, branches },
    },
  )
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** Takes the strangers back, each with its row of the history, under the lock of the run. */
export async function takeBack(
  request: StrangerRequest & { readonly progress: (event: ProgressEvent) => void },
  strangers: readonly Stranger[],
): Promise<readonly StepResult[]> {
  const results: StepResult[] = []
  const lock = await awaitedLock(request)
  try {
    for (const stranger of strangers) results.push(await takeOneBack(request, stranger, lock))
    return results
  } finally {
    await lock.release()
  }
}

async function takeOneBack(
  { project, session }: StrangerRequest,
  stranger: Stranger,
  { fence }: Lock,
): Promise<StepResult> {
  const { db, dialect } = session
  const { revision, undo, change } = stranger
  if (undo === null) throw new Error(`Nothing is kept that undoes ${revision}.`)
  const startedAt = performance.now()
  const origin = originOf(project.directory)
  const note = (row: HistoryRow) =>
    historyStatement(project, dialect, { ...origin, revision, direction: 'downgrade', at: new Date(), ...row })
  const ending = () => [
    ...versionStatements(project, dialect, change),
    note({
      event: 'done',
      duration_ms: Math.round(performance.now() - startedAt),
      heads: JSON.stringify(stranger.rowsAfter),
    }),
  ]
  const requireStanding = () => requireStill(project, session, stranger.rowsBefore)
  const guard = dialect.guard([unknownWork])
  await db.statements(guard?.before ?? [])
  try {
    if (dialect.features.transactionalDdl && undo.transactional) {
      await db.transaction(async () => {
        await requireStanding()
        await guard?.begin(db)
        await db.statements([...undo.statements])
        await guard?.verify(db)
        await fence?.()
        await db.statements(ending())
      })
    } else {
      await requireStanding()
      await db.statements([note({ event: 'begin', heads: JSON.stringify(stranger.rowsBefore) })])
      for (const [position, sql] of undo.statements.entries()) {
        await fence?.()
        await db.statements([sql])
        const place = { position, total: undo.statements.length }
        await db.statements([note({ event: 'statement', ...place, statement_sha: textSum(sql) })])
      }
      await db.transaction(async () => {
        await fence?.()
        await db.statements(ending())
      })
    }
  } catch (error) {
    throw undoFailure(error, stranger, session)
  } finally {
    await db.statements(guard?.after ?? [])
  }
  return {
    ...{ direction: 'downgrade' as const, revision, message: '', from: [revision], to: undo.replaced },
    durationMs: Math.round(performance.now() - startedAt),
    statements: undo.statements.length,
  }
}

/** What nobody knows may do anything: an engine's guard for code fits it, too. */
const unknownWork: Op<'run'> = { kind: 'run', run: async () => undefined, effects: null, touches: null }

function undoFailure(error: unknown, { revision }: Stranger, { dialect }: Session): unknown {
  if (error instanceof AludelError) return error
  const cause = error instanceof Error && error.name === 'StatementFailure' ? error.cause : error
  const { kind, message, code } = dialect.explain(cause)
  const stays = dialect.features.transactionalDdl
    ? 'Everything was rolled back.'
    : `What was applied of it stays; see \`aludel log ${revision} --verbose\`.`
  return new AludelError(
    kind === 'other' ? 'step-failed' : kind,
    `The SQL that the history keeps to undo ${revision} failed: ${message.replace(/\.$/, '')}. ${stays}`,
    {
      hint: `Take it back by hand (\`aludel log ${revision} --sql\` shows what was to be sent), then \`aludel resolve --undone ${revision}\`; or get its file and downgrade with that.`,
      details: { revision, kind, engineCode: code },
      cause: error,
    },
  )
}
