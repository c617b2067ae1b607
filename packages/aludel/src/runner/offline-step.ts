// One step of a script: all or nothing where the engine can, with the journal of a run where it cannot.

import type { Statement } from '../database/types.ts'
import type { Dialect, StepGuard } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import { placeOf } from '../ops/archives.ts'
import { tableRef } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile } from '../project/data/file.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import { partsOf } from './archives.ts'
import { opsSum, rawSum, textSum } from './body.ts'
import { type HistoryRow, historyStatement, stepRow, versionStatements } from './bookkeeping.ts'
import { insertBatches } from './data.ts'
import { type Folded, foldAt, foldOps, nothing, requireKnown } from './fold.ts'
import { inlined } from './inline.ts'
import type { Origin } from './origin.ts'
import { laterThan, readsOf, type Segment, segmentsOf } from './segments.ts'
import { groupsOf, type PlannedStep } from './steps.ts'

export interface ScriptOptions {
  readonly project: Project
  readonly dialect: Dialect
  readonly graph: RevisionGraph<Script>
  readonly origin: Origin
  readonly skipCode: boolean
  /** Writes a statement. */
  put(sql: string): void
  comment(text: string): void
}

/** What is known of the schema as the script goes on; folded only when a step asks. */
export interface Knowledge {
  folded(): Folded
  advance(ops: readonly Op[], revision: string): void
  moved(rows: readonly string[]): void
}

export function createKnowledge({ project, graph, dialect }: ScriptOptions, current: readonly string[]): Knowledge {
  let rows = current
  let known: Folded | null = null
  return {
    folded: () => {
      known ??= foldAt(project, graph, rows, dialect)
      return known
    },
    advance: (ops, revision) => {
      if (known !== null) known = foldOps(known, ops, revision, dialect)
    },
    moved: (after) => {
      rows = after
    },
  }
}

/** `inside` a transaction that is open, in `one` of its own, or as a `journal`: in pieces, each with its row of history. */
export type Framing = 'inside' | 'one' | 'journal'

export function writeStep(options: ScriptOptions, step: PlannedStep, knowledge: Knowledge, framing: Framing): void {
  const { project, dialect, put } = options
  const guard = framing === 'inside' ? null : dialect.guard(step.ops)
  const note = (row: HistoryRow) =>
    historyStatement(project, dialect, stepRow(options.origin, step, row), dialect.script.now)
  const sums = { raw_sha: rawSum(project, step.script), ops_sha: opsSum(step.ops) }
  if (framing === 'journal') put(note({ event: 'begin', ...sums, heads: JSON.stringify(step.rowsBefore) }))
  for (const sql of guard?.before ?? []) put(sql)
  if (framing === 'one') putAll(put, ['BEGIN', ...(guard?.script.begin ?? [])])
  writeOps(options, step, knowledge, framing === 'journal' ? createJournal(options, note, guard) : null)
  if (framing === 'one') putAll(put, guard?.script.verify ?? [])
  if (framing === 'journal') put('BEGIN')
  for (const sql of versionStatements(project, dialect, step.change)) put(sql)
  put(note({ event: 'done', ...sums, heads: JSON.stringify(step.rowsAfter) }))
  if (framing !== 'inside') put('COMMIT')
  for (const sql of guard?.after ?? []) put(sql)
}

/** The operations of a step alone, each as it is rendered from what is known at its place. */
export function writeOps(
  options: ScriptOptions,
  step: PlannedStep,
  knowledge: Knowledge,
  journal: Journal | null = null,
): void {
  const { dialect } = options
  const segments = segmentsOf(step.ops, dialect)
  const reading = segments.some(
    (one) => one.kind === 'archive' || (one.kind !== 'run' && readsOf(opsOf(one), dialect).length > 0),
  )
  for (const segment of segments) {
    // Once folded, the knowledge is carried along; before that, nothing has been worth folding.
    const before = reading ? knowledge.folded() : null
    const write = (written: Written, around: Around) =>
      journal === null ? writeSegment(options, step, written, around) : journal.segment(step, written, around)
    if (segment.kind === 'run') writeCode(options, step.script, segment.op)
    else if (segment.kind === 'archive') writeParts(options, step, segment, { before: before ?? nothing, write })
    else write(segment, { before, later: [...laterThan(segments, segment), ...step.beyond()] })
    knowledge.advance(opsOf(segment), step.script.id)
  }
}

function putAll(put: (sql: string) => void, texts: readonly string[]): void {
  for (const sql of texts) put(sql)
}

function opsOf(segment: Segment): readonly Op[] {
  return segment.kind === 'ops' ? segment.ops : [segment.op]
}

type Written = Exclude<Segment, { kind: 'run' | 'archive' }>

interface PartsWriting {
  readonly before: Folded
  write(segment: Written, around: Around): void
}

/** The parts of an operation that keeps or puts back, each from what the one before has left. */
function writeParts(
  { dialect, comment }: ScriptOptions,
  { script }: PlannedStep,
  { op, offset, apart }: Extract<Segment, { kind: 'archive' }>,
  { before, write }: PartsWriting,
): void {
  if (op.op.kind !== 'createTable') requireKnown(before, [tableRef(placeOf(op.op).table)], script.id)
  let folded = before
  const parts = partsOf({ op, revision: script.id, before: before.schema, dialect, log: comment })
  for (const ops of parts) {
    write({ kind: 'ops', ops, offset, apart }, { before: folded, later: [] })
    folded = foldOps(folded, ops, script.id, dialect)
  }
}

/** What a segment is rendered from. */
interface Around {
  readonly before: Folded | null
  readonly later: readonly Op[]
}

function writeSegment(options: ScriptOptions, step: PlannedStep, segment: Written, around: Around): void {
  if (segment.kind === 'file') writeFile(options, step, segment.op, around.before)
  else for (const { sql } of rendered(options, step, segment, around).texts) options.put(sql)
}

/** The rows as INSERT statements, batch after batch. */
function writeFile(
  { project, dialect, put }: ScriptOptions,
  { script }: PlannedStep,
  op: Op<'insertFile'>,
  before: Folded | null,
): void {
  const schema = knownFor([op], dialect, before, script)
  for (const batch of insertBatches(op, dataFile(project, script, op.file.path), dialect, schema)) {
    for (const { sql } of dialect.render([batch.op], schema)) put(sql)
  }
}

interface Rendered {
  /** Without parameters, as the script has them. */
  readonly texts: readonly Statement[]
  /** As a run sends them: what their sums are taken of. */
  readonly sent: readonly Statement[]
}

function rendered(
  { dialect }: ScriptOptions,
  { script }: PlannedStep,
  { ops }: Extract<Segment, { kind: 'ops' }>,
  { before, later }: Around,
): Rendered {
  const schema = knownFor(ops, dialect, before, script)
  const inner = ops.map((op) => inlined(op, dialect))
  return { texts: dialect.render(inner, schema, later), sent: dialect.render(ops, schema, later) }
}

function knownFor(ops: readonly Op[], dialect: Dialect, before: Folded | null, script: Script): Schema {
  if (before !== null) requireKnown(before, readsOf(ops, dialect), script.id)
  return before?.schema ?? emptySchema
}

interface Journal {
  segment(step: PlannedStep, segment: Written, around: Around): void
}

/** A row of history after each statement, as a run writes them where the engine commits by itself. */
function createJournal(options: ScriptOptions, note: (row: HistoryRow) => string, guard: StepGuard | null): Journal {
  const { put } = options
  let done = 0
  const noted = (sum: string, total: number) => {
    put(note({ event: 'statement', position: done, total, statement_sha: sum }))
    done += 1
  }
  return {
    segment: (step, segment, around) => {
      if (segment.kind === 'file') {
        putAll(put, ['BEGIN', ...(guard?.script.begin ?? [])])
        writeFile(options, step, segment.op, around.before)
        noted(segment.op.file.sha256, done + 1)
        putAll(put, [...(guard?.script.verify ?? []), 'COMMIT'])
        return
      }
      const { texts, sent } = rendered(options, step, segment, around)
      const total = done + texts.length
      let at = 0
      for (const group of groupsOf(texts, segment, guard !== null)) {
        const together = group.every((statement) => statement.transactional)
        if (together) putAll(put, ['BEGIN', ...(guard?.script.begin ?? [])])
        for (const { sql } of group) {
          put(sql)
          noted(textSum(sent[at]?.sql ?? sql), total)
          at += 1
        }
        if (together) putAll(put, [...(guard?.script.verify ?? []), 'COMMIT'])
      }
    },
  }
}

function writeCode({ skipCode, comment }: ScriptOptions, script: Script, op: Op<'run'>): void {
  if (!skipCode) throw opaque(script)
  const name = op.run.name === '' ? 'code without a name' : `the code "${op.run.name}"`
  comment(`Left out: ${name}, which revision ${script.id} runs here (${script.path})`)
}

function opaque(script: Script): AludelError {
  return new AludelError(
    'opaque-code',
    `Revision ${script.id} (${script.path}) runs code with \`op.run\`, which cannot be written as SQL.`,
    {
      hint: 'Apply it with a connection, write what it does as op.execute(...), or leave it out with --skip-code and see to it yourself.',
      details: { revision: script.id, file: script.path },
    },
  )
}
