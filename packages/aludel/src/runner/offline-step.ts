// One step of a script: all or nothing where the engine can, with the journal of a run where it cannot.

import type { Statement } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import { dataFile } from '../project/data/file.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import { opsSum, rawSum, textSum } from './body.ts'
import { type HistoryRow, historyStatement, stepRow, versionStatements } from './bookkeeping.ts'
import { insertBatches } from './data.ts'
import { type Folded, foldAt, foldOps, requireKnown } from './fold.ts'
import { inlined } from './inline.ts'
import type { Origin } from './origin.ts'
import { readsOf, type Segment, segmentsOf } from './segments.ts'
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
      if (known !== null) known = foldOps(known, ops, revision)
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
  if (framing === 'one') put('BEGIN')
  const segments = segmentsOf(step.ops, dialect)
  const reading = segments.some((one) => one.kind !== 'run' && readsOf(opsOf(one), dialect).length > 0)
  const journal = framing === 'journal' ? createJournal(options, note, guard !== null) : null
  for (const segment of segments) {
    // Once folded, the knowledge is carried along; before that, nothing has been worth folding.
    const before = reading ? knowledge.folded() : null
    if (segment.kind === 'run') writeCode(options, step.script, segment.op)
    else if (journal === null) writeSegment(options, step, segment, before)
    else journal.segment(step, segment, before)
    knowledge.advance(opsOf(segment), step.script.id)
  }
  if (framing === 'journal') put('BEGIN')
  for (const sql of versionStatements(project, dialect, step.change)) put(sql)
  put(note({ event: 'done', ...sums, heads: JSON.stringify(step.rowsAfter) }))
  if (framing !== 'inside') put('COMMIT')
  for (const sql of guard?.after ?? []) put(sql)
}

function opsOf(segment: Segment): readonly Op[] {
  return segment.kind === 'ops' ? segment.ops : [segment.op]
}

type Written = Exclude<Segment, { kind: 'run' }>

function writeSegment(options: ScriptOptions, step: PlannedStep, segment: Written, before: Folded | null): void {
  if (segment.kind === 'file') writeFile(options, step, segment.op, before)
  else for (const { sql } of rendered(options, step, segment, before).texts) options.put(sql)
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
  before: Folded | null,
): Rendered {
  const schema = knownFor(ops, dialect, before, script)
  const inner = ops.map((op) => inlined(op, dialect))
  return { texts: dialect.render(inner, schema), sent: dialect.render(ops, schema) }
}

function knownFor(ops: readonly Op[], dialect: Dialect, before: Folded | null, script: Script): Schema {
  if (before !== null) requireKnown(before, readsOf(ops, dialect), script.id)
  return before?.schema ?? emptySchema
}

interface Journal {
  segment(step: PlannedStep, segment: Written, before: Folded | null): void
}

/** A row of history after each statement, as a run writes them where the engine commits by itself. */
function createJournal(options: ScriptOptions, note: (row: HistoryRow) => string, guarded: boolean): Journal {
  const { dialect, put } = options
  let done = 0
  const noted = (sum: string, total: number) => {
    put(note({ event: 'statement', position: done, total, statement_sha: sum }))
    done += 1
  }
  return {
    segment: (step, segment, before) => {
      if (segment.kind === 'file') {
        put('BEGIN')
        writeFile(options, step, segment.op, before)
        noted(segment.op.file.sha256, done + 1)
        put('COMMIT')
        return
      }
      const { texts, sent } = rendered(options, step, segment, before)
      const total = done + texts.length
      let at = 0
      for (const group of groupsOf(texts, segment, guarded)) {
        const together = dialect.features.transactionalDdl && group.every((statement) => statement.transactional)
        if (together) put('BEGIN')
        for (const { sql } of group) {
          put(sql)
          noted(textSum(sent[at]?.sql ?? sql), total)
          at += 1
        }
        if (together) put('COMMIT')
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
