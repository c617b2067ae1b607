// Operations as a script that stands for itself: no revision, no bookkeeping, only what they send.

import type { Statement } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll } from '../ops/registry.ts'
import type { Schema } from '../schema/model.ts'
import { inlined } from './inline.ts'
import { laterThan, segmentsOf } from './segments.ts'

export interface ChangeRequest {
  readonly dialect: Dialect
  readonly ops: readonly Op[]
  /** What is there, with everything that the engine wants to know before it writes the operations. */
  readonly before: Schema
  /** What an operation destroys; null for nothing. */
  destroys(op: Op, before: Schema): string | null
}

export interface ScriptLine {
  /** Without its end. */
  readonly sql: string
  readonly destroys: readonly string[]
}

/** The statements in order, those between them that begin and end transactions included. */
export function changeScript(request: ChangeRequest): readonly ScriptLine[] {
  const { dialect, ops } = request
  if (ops.length === 0) return []
  const statements = rendered(request)
  const losses = lossesOf(request)
  const lines = marked(statements, losses)
  if (!dialect.features.transactionalDdl) return lines
  const guard = dialect.guard(ops)
  const framed: ScriptLine[] = (guard?.before ?? []).map(plain)
  let open = false
  const turn = (wanted: boolean) => {
    if (open === wanted) return
    if (wanted) framed.push(plain('BEGIN'), ...(guard?.script.begin ?? []).map(plain))
    else framed.push(...(guard?.script.verify ?? []).map(plain), plain('COMMIT'))
    open = wanted
  }
  for (const [position, line] of lines.entries()) {
    turn(statements[position]?.transactional ?? true)
    framed.push(line)
  }
  turn(false)
  return [...framed, ...(guard?.after ?? []).map(plain)]
}

/** The script as text for the engine's own client; what destroys something says so on the line before it. */
export function changeText(lines: readonly ScriptLine[], dialect: Dialect): string {
  return lines
    .map(({ sql, destroys }) => {
      const marks = destroys.map((what) => `-- destroys: ${what.replace(/\s+/g, ' ')}\n`).join('')
      return `${marks}${dialect.script.ended(sql.replace(/(?:\s|;)+$/, ''))}\n`
    })
    .join('\n')
}

function plain(sql: string): ScriptLine {
  return { sql, destroys: [] }
}

function rendered({ dialect, ops, before }: ChangeRequest): readonly Statement[] {
  const segments = segmentsOf(ops, dialect)
  const statements: Statement[] = []
  let schema = before
  for (const segment of segments) {
    if (segment.kind !== 'ops') continue
    const texts = dialect.render(
      segment.ops.map((op) => inlined(op, dialect)),
      schema,
      laterThan(segments, segment),
    )
    statements.push(...texts.map((one) => ({ ...one, ops: one.ops.map((position) => position + segment.offset) })))
    schema = applyAll(schema, segment.ops)
  }
  return statements
}

/** What each operation destroys of what is there when its turn comes. */
function lossesOf({ ops, before, destroys }: ChangeRequest): ReadonlyMap<number, string> {
  const losses = new Map<number, string>()
  let schema = before
  for (const [position, op] of ops.entries()) {
    const lost = destroys(op, schema)
    if (lost !== null) losses.set(position, lost)
    // Only another name makes what is there hard to find; the rest is not worth following.
    if (op.kind === 'renameTable' || op.kind === 'renameColumn') schema = applyAll(schema, [op])
  }
  return losses
}

/** Of several statements of an operation the one that drops is marked, else the first. */
function marked(statements: readonly Statement[], losses: ReadonlyMap<number, string>): readonly ScriptLine[] {
  const marks = new Map<number, string[]>()
  for (const [op, lost] of losses) {
    const own = [...statements.entries()].filter(([, statement]) => statement.ops.includes(op))
    const [at] = own.find(([, { sql }]) => /^\s*DROP\b/i.test(sql)) ?? own[0] ?? []
    if (at !== undefined) marks.set(at, [...(marks.get(at) ?? []), lost])
  }
  return statements.map(({ sql }, position) => ({ sql, destroys: marks.get(position) ?? [] }))
}
