// A plan as a SQL script: what a run would send, for somebody else to send. What cannot be written is refused, never left out.

import type { Dialect } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { type RevisionStep, type RowChange, rowChanges, rowsAfter, type Step } from '../revisions/rows.ts'
import { creation, versionStatements, versionTable } from './bookkeeping.ts'
import { directionOps, type Folded, foldAt, foldOps, requireKnown } from './fold.ts'
import { inlined } from './inline.ts'
import { isAtomic, readsOf, segmentsOf } from './segments.ts'

export interface OfflineRequest {
  readonly project: Project
  readonly dialect: Dialect
  readonly graph: RevisionGraph<Script>
  /** The version rows that the script starts from. */
  readonly current: readonly string[]
  readonly steps: readonly Step<Script>[]
}

/** The script's text, each statement ended by `;`, each step in a transaction of its own where the engine has them for DDL. */
export function offlineScript(request: OfflineRequest): string {
  const { project, dialect, graph, current, steps } = request
  const lines: string[] = []
  const put = (sql: string) => lines.push(`${sql.replace(/;\s*$/, '')};`, '')
  if (current.length === 0 && steps.length > 0) for (const sql of creation(dialect, [versionTable(project)])) put(sql)
  const changes = rowChanges(graph, current, steps)
  const state = createState(request)
  let rows = current
  for (const [position, step] of steps.entries()) {
    const change = changes[position]
    if (change === undefined) break
    lines.push(`-- ${title(step)}`, '')
    const after = rowsAfter(rows, change)
    for (const sql of step.direction === 'stamp'
      ? versionStatements(project, dialect, change)
      : stepTexts(request, step, change, state))
      put(sql)
    state.moved(after)
    rows = after
  }
  return lines.join('\n')
}

function title(step: Step<Script>): string {
  if (step.direction === 'stamp')
    return `Stamp ${step.from.join(', ') || '<base>'} -> ${step.to.join(', ') || '<base>'}`
  const { id, downRevisions, message } = step.revision
  const below = downRevisions.join(', ') || '<base>'
  const way = step.direction === 'upgrade' ? `${below} -> ${id}` : `${id} -> ${below}`
  return `Running ${step.direction} ${way}${message === '' ? '' : `, ${message.replace(/\s+/g, ' ')}`}`
}

/** What is known of the schema as the script goes on; folded only when a step asks. */
interface State {
  folded(): Folded
  advance(ops: readonly Op[], revision: string): void
  moved(rows: readonly string[]): void
}

function createState({ project, graph, dialect, current }: OfflineRequest): State {
  let rows = current
  let known: Folded | null = null
  return {
    folded: () => {
      known ??= foldAt(project, graph, rows, dialect)
      return known
    },
    advance: (ops, revision) => {
      if (known !== null) known = foldOps(known, ops, revision)
    },
    moved: (after) => {
      rows = after
    },
  }
}

function stepTexts(
  request: OfflineRequest,
  step: RevisionStep<Script>,
  change: RowChange,
  state: State,
): readonly string[] {
  const { project, dialect, graph } = request
  const script = step.revision
  const ops = directionOps({ project, graph, script, direction: step.direction, dialect }).map((op) =>
    inlined(op, dialect),
  )
  const texts: string[] = []
  for (const segment of segmentsOf(ops, dialect)) {
    if (segment.kind === 'run') throw opaque(script)
    const inner = segment.ops.map((op) => inlined(op, dialect))
    if (inner.some((op) => op.kind === 'run')) throw opaque(script)
    const reads = readsOf(inner, dialect)
    // Once folded, the state is carried along; before that, nothing has been worth folding.
    const before = reads.length === 0 && !hasReads(ops, dialect) ? null : state.folded()
    if (before !== null) requireKnown(before, reads, script.id)
    texts.push(
      ...dialect
        .render(inner, before?.schema ?? { tables: [], enums: [], namespaces: [] })
        .map((statement) => statement.sql),
    )
    state.advance(inner, script.id)
  }
  return framed(dialect, ops, [...texts, ...versionStatements(project, dialect, change)])
}

function hasReads(ops: readonly Op[], dialect: Dialect): boolean {
  return ops.some((op) => dialect.reads(op).length > 0)
}

function framed(dialect: Dialect, ops: readonly Op[], texts: readonly string[]): readonly string[] {
  const guard = dialect.guard(ops)
  const together = dialect.features.transactionalDdl && isAtomic(ops)
  const body = together ? ['BEGIN', ...texts, 'COMMIT'] : texts
  return [...(guard?.before ?? []), ...body, ...(guard?.after ?? [])]
}

function opaque(script: Script): AludelError {
  return new AludelError(
    'opaque-code',
    `Revision ${script.id} (${script.path}) runs code with \`op.run\`, which cannot be written as SQL.`,
    {
      hint: 'Apply it with a connection, or write what it does as op.execute(...).',
      details: { revision: script.id, file: script.path },
    },
  )
}
