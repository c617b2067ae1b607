// A step as it would be sent to a database that is what the chain says: its statements, and what stands after each.

import type { Statement } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { placeOf } from '../ops/archives.ts'
import { type ObjectRef, refKey, tableRef } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll, definitionOf } from '../ops/registry.ts'
import type { Schema } from '../schema/model.ts'
import { partsOf } from './archives.ts'
import { type Folded, foldOps, requireKnown } from './fold.ts'
import { groupsOf } from './groups.ts'
import { laterThan, readsOf, type Segment, segmentsOf } from './segments.ts'

export interface StepPlan {
  readonly statements: readonly Pick<Statement, 'sql' | 'transactional'>[]
  /** What the chain makes after so many statements; null where an operation is half done. */
  readonly states: readonly (Schema | null)[]
  /** The operation that a statement begins, and how many statements it has; null where there is none by itself. */
  operationAt(statement: number): PlannedOperation | null
  /** The segments that are left after so many statements. */
  after(statements: number): readonly Segment[]
}

export interface PlannedOperation {
  readonly op: Op
  readonly statements: number
}

interface Piece {
  readonly segment: Segment
  readonly statements: StepPlan['statements']
  /** After each statement, how many operations are wholly done; null where one is half done. */
  readonly done: readonly (number | null)[]
}

export interface StepPlanRequest {
  readonly ops: readonly Op[]
  readonly before: Folded
  readonly revision: string
  readonly dialect: Dialect
  /** How many operations were sent by themselves, so that none of them shares a statement with a later one. */
  readonly cut: number
  /** True where code shares a transaction with its row of the journal. */
  readonly codeTogether: boolean
  /** True where the engine has something to look after in the step. */
  readonly guarded: boolean
}

/** @throws AludelError `unknown-object` where the chain does not say what a table is like. */
export function stepPlan({ ops, before, revision, dialect, cut, ...how }: StepPlanRequest): StepPlan {
  const later = segmentsOf(ops.slice(cut), dialect).map((one) => ({ ...one, offset: one.offset + cut }))
  const pieces: Piece[] = []
  const states: (Schema | null)[] = [before.schema]
  let folded = before
  const segments = [...segmentsOf(ops.slice(0, cut), dialect), ...later]
  for (const segment of segments) {
    const around = { before: folded, later: laterThan(segments, segment), ...how }
    for (const { piece, start } of piecesOf(segment, around, revision, dialect)) {
      const own = opsOf(piece.segment)
      states.push(...piece.done.map((count) => (count === null ? null : applyAll(start, own.slice(0, count)))))
      pieces.push(piece)
    }
    folded = foldOps(folded, opsOf(segment), revision, dialect)
  }
  return {
    statements: pieces.flatMap(({ statements }) => statements),
    states,
    operationAt: (statement) => operationAt(pieces, statement),
    after: (statements) => after(pieces, statements),
  }
}

interface Around {
  readonly before: Folded
  readonly later: readonly Op[]
  readonly codeTogether: boolean
  readonly guarded: boolean
}

interface Placed {
  readonly piece: Piece
  /** What stands before it. */
  readonly start: Schema
}

function piecesOf(segment: Segment, around: Around, revision: string, dialect: Dialect): readonly Placed[] {
  const { before } = around
  if (segment.kind === 'ops') {
    return [{ piece: renderedPiece(segment, around, revision, dialect), start: before.schema }]
  }
  // Code and files are one statement each.
  if (segment.kind !== 'archive') {
    const transactional = segment.kind === 'file' || (around.codeTogether && !segment.apart)
    const statements = [{ sql: '', transactional }]
    return [{ piece: { segment, statements, done: [1] }, start: before.schema }]
  }
  const { op, offset, apart } = segment
  if (op.op.kind !== 'createTable') requireKnown(before, [tableRef(placeOf(op.op).table)], revision)
  let folded = before
  return partsOf({ op, revision, before: before.schema, dialect, log: () => undefined }).map((ops): Placed => {
    const start = folded
    folded = foldOps(folded, ops, revision, dialect)
    const part = { kind: 'ops' as const, ops, offset, apart }
    return { piece: renderedPiece(part, { ...around, before: start }, revision, dialect), start: start.schema }
  })
}

type OpsSegment = Extract<Segment, { kind: 'ops' }>

function renderedPiece(
  segment: OpsSegment,
  { before, later, guarded }: Around,
  revision: string,
  dialect: Dialect,
): Piece {
  requireKnown(before, readsOf(segment.ops, dialect), revision)
  const statements = dialect.render(segment.ops, before.schema, later)
  const done = statements.map((_, at) => {
    const after = statements.slice(at + 1).flatMap((statement) => statement.ops)
    const here = Math.max(-1, ...statements.slice(0, at + 1).flatMap((statement) => statement.ops))
    const count = after.length === 0 ? segment.ops.length : here + 1
    return after.some((position) => position < count) ? null : count
  })
  // As they are sent: outside the step's transaction most of them have none.
  return { segment, statements: groupsOf(statements, segment, guarded).flat(), done }
}

function after(pieces: readonly Piece[], statements: number): readonly Segment[] {
  let left = statements
  return pieces.flatMap(({ segment, done }): readonly Segment[] => {
    const here = Math.min(left, done.length)
    left -= here
    if (here === 0) return [segment]
    if (here === done.length || segment.kind !== 'ops') return []
    const count = done[here - 1] ?? 0
    const offset = segment.apart ? segment.offset : segment.offset + count
    return [{ ...segment, ops: segment.ops.slice(count), offset }]
  })
}

function operationAt(pieces: readonly Piece[], statement: number): PlannedOperation | null {
  let left = statement
  for (const { segment, done } of pieces) {
    if (left >= done.length) {
      left -= done.length
      continue
    }
    if (segment.kind !== 'ops') return null
    const first = left === 0 ? 0 : (done[left - 1] ?? null)
    const op = first === null ? undefined : segment.ops[first]
    const end = done.findIndex((count, at) => at >= left && count !== null)
    // Where operations share a statement, none of them can be done again by itself.
    return first === null || op === undefined || done[end] !== first + 1 ? null : { op, statements: end + 1 - left }
  }
  return null
}

function opsOf(segment: Segment): readonly Op[] {
  return segment.kind === 'ops' ? segment.ops : [segment.op]
}

/** The tables that operations make, change or drop. */
export function touchedTables(ops: readonly Op[]): readonly ObjectRef[] {
  const found = new Map<string, ObjectRef>()
  for (const op of ops) {
    const touched = definitionOf(op).touches(op)
    if (touched === 'unknown') continue
    for (const { kind, namespace, name } of [...touched.requires, ...touched.provides, ...touched.removes]) {
      if (!['table', 'column', 'index', 'constraint'].includes(kind)) continue
      const table = tableRef({ namespace, name })
      found.set(refKey(table), table)
    }
  }
  return [...found.values()]
}
