// The operations of one step as texts: each rendered from what is known at its place, nothing sent.

import type { Statement } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
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
import { insertBatches } from './data.ts'
import { type Folded, foldOps, nothing, requireKnown } from './fold.ts'
import { inlined } from './inline.ts'
import type { Inverses } from './inverses.ts'
import type { Origin } from './origin.ts'
import { laterThan, readsOf, type Segment, segmentsOf } from './segments.ts'
import type { PlannedStep } from './steps.ts'

export interface ScriptOptions {
  readonly project: Project
  readonly dialect: Dialect
  readonly graph: RevisionGraph<Script>
  readonly origin: Origin
  readonly inverses: Inverses
  readonly skipCode: boolean
  /** Writes a statement. */
  put(sql: string): void
  comment(text: string): void
}

/** What is known of the schema as operations are written. */
export interface Known {
  folded(): Folded
  advance(ops: readonly Op[], revision: string): void
}

/** The same along a script; folded only when a step asks. */
export interface Knowledge extends Known {
  /** After a step whose operations have been written. */
  after(step: PlannedStep): Folded
  moved(rows: readonly string[]): void
}

/** The operations of a step alone, each as it is rendered from what is known at its place. */
export function writeOps(
  options: ScriptOptions,
  step: PlannedStep,
  knowledge: Known,
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

function opsOf(segment: Segment): readonly Op[] {
  return segment.kind === 'ops' ? segment.ops : [segment.op]
}

export type Written = Exclude<Segment, { kind: 'run' | 'archive' }>

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
export interface Around {
  readonly before: Folded | null
  readonly later: readonly Op[]
}

function writeSegment(options: ScriptOptions, step: PlannedStep, segment: Written, around: Around): void {
  if (segment.kind === 'file') writeFile(options, step, segment.op, around.before)
  else for (const { sql } of rendered(options, step, segment, around).texts) options.put(sql)
}

/** The rows as INSERT statements, batch after batch. */
export function writeFile(
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

export interface Rendered {
  /** Without parameters, as the script has them. */
  readonly texts: readonly Statement[]
  /** As a run sends them: what their sums are taken of. */
  readonly sent: readonly Statement[]
}

export function rendered(
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

/** Where segments go that are written with the rows of a journal. */
export interface Journal {
  segment(step: PlannedStep, segment: Written, around: Around): void
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
