// A failed step told to people: what was being done, what the engine said, what stands now and what to do next.

import type { Statement } from '../database/types.ts'
import { blockerText } from '../dialects/activity.ts'
import type { EngineError, EngineErrorKind } from '../dialects/dialect.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import { referringTo } from '../ops/parts.ts'
import { definitionOf } from '../ops/registry.ts'
import type { Script } from '../project/scripts.ts'
import { sameName } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { Direction } from './body.ts'
import { isSendFailure, isStatementFailure } from './send.ts'
import type { Session } from './session.ts'
import { type GivenUp, isGivenUp } from './statements/retry.ts'

export interface FailedStep {
  readonly script: Script
  readonly direction: Direction
  readonly ops: readonly Op[]
  /** What stands after the failure, as a sentence. */
  readonly outcome: string
  /** What to do about what stands, where something does. */
  readonly mend: string | null
}

const hints: Readonly<Partial<Record<EngineErrorKind, string>>> = {
  'lock-timeout': 'Something else holds a lock on the object; find it, or run again when the database is quieter.',
  deadlock: 'Run the command again: another session had locks in the opposite order.',
  unique: 'Rows that are there already contradict the constraint: clean them up in a data step before it.',
  'foreign-key': 'Rows that are there already have no row to refer to: clean them up in a data step before it.',
  'not-null':
    'Rows that are there already hold NULL: fill them in with op.execute before the column becomes NOT NULL, or give a default.',
  check: 'Rows that are there already contradict the check: clean them up in a data step before it.',
  'already-exists':
    'The object is there already. If another tool made it, compare with `aludel check` and then `aludel stamp` the revision.',
  'does-not-exist':
    'The object is not there. Look whether the revision that makes it has run: `aludel current` and `aludel history -i`.',
  permission: 'The database user lacks a right for this statement: grant it, or use another user.',
  'read-only': 'The database cannot be written: check the file, its folder, or whether the server is a replica.',
  cast: 'The values that are there do not fit the new type: give `using`, or convert them in a data step.',
  syntax: 'Correct the SQL in the revision file.',
}

/** The refusal for a step that failed, whatever was thrown. */
export async function stepFailure(thrown: unknown, step: FailedStep, session: Session): Promise<AludelError> {
  const tries = isGivenUp(thrown) ? thrown : null
  const error = tries === null ? thrown : tries.cause
  const title = `Revision ${step.script.id}${step.script.message === '' ? '' : ` "${step.script.message}"`} (${step.script.path})`
  const details = { revision: step.script.id, file: step.script.path, direction: step.direction }
  if (isAludelError(error)) {
    const outcome = error.code === 'unreachable' ? nobodyKnows(step) : step.outcome
    return new AludelError(error.code, `${title}: ${error.message} ${outcome}`, {
      hint: joined(error.hint, step.mend),
      details: { ...error.details, ...details },
      cause: error,
    })
  }
  const statement = isSendFailure(error) ? error.statement : null
  const engine = session.dialect.explain(isSendFailure(error) ? error.cause : error)
  const dependants = engine.kind === 'dependent-objects' ? await dependentDrops(step, statement, session) : null
  const outcome = `${tries === null ? '' : `${triesText(tries)} `}${step.outcome}`
  return new AludelError(codeOf(engine), sentence(title, { ...step, outcome }, statement, engine), {
    hint: joined(dependants?.hint ?? hints[engine.kind] ?? null, step.mend),
    details: {
      ...details,
      kind: engine.kind,
      engineCode: engine.code,
      statement: statement?.sql ?? null,
      objects: engine.objects,
      ...(tries === null ? {} : { attempts: tries.attempts, elapsedMs: tries.elapsedMs, blockers: tries.blockers }),
      ...(dependants === null ? {} : { dependants: dependants.tables, order: dependants.order }),
    },
    cause: error,
  })
}

/** Throws the refusal for tables of bookkeeping that could not be made ready. */
export function throwUnready(thrown: unknown, { dialect, db }: Session): never {
  const tries = isGivenUp(thrown) ? thrown : null
  const error = tries === null ? thrown : tries.cause
  if (isAludelError(error)) throw error
  const engine = dialect.explain(isStatementFailure(error) ? error.cause : error)
  const tried = tries === null ? '' : ` ${triesText(tries)}`
  throw new AludelError(
    codeOf(engine),
    `The tables in which Aludel writes down what was applied (${db.address}) could not be made ready: ${engine.message.replace(/\.$/, '')}.${tried} Nothing was done.`,
    { hint: hints[engine.kind] ?? null, details: { kind: engine.kind, engineCode: engine.code }, cause: error },
  )
}

function triesText({ attempts, elapsedMs, blockers }: GivenUp): string {
  const times = attempts === 1 ? 'once' : `${attempts} times`
  const who = blockers.length === 0 ? '' : ` In its way: ${blockers.map(blockerText).join('; ')}.`
  return `It was tried ${times} in ${(elapsedMs / 1000).toFixed(1)} s.${who}`
}

function joined(...hints: readonly (string | null)[]): string | null {
  const told = hints.filter((hint) => hint !== null)
  return told.length === 0 ? null : told.join('\n')
}

function codeOf(engine: EngineError): string {
  return engine.kind === 'other' ? 'step-failed' : engine.kind
}

function sentence(title: string, step: FailedStep, statement: Statement | null, engine: EngineError): string {
  const doing = statement === null ? '' : ` could not ${doings(statement, step.ops)}:`
  const detail =
    engine.detail === null || engine.message.includes(engine.detail) ? '' : ` ${engine.detail.replace(/\s+/g, ' ')}`
  const words = engine.message.replace(/\s+/g, ' ').replace(/\.$/, '')
  const outcome = engine.kind === 'unreachable' ? nobodyKnows(step) : step.outcome
  return `${title}${doing === '' ? ' failed:' : doing} ${words}.${detail === '' ? '' : `${detail.replace(/\.?$/, '.')}`} ${outcome}`
}

/** A server may come to the end of what it was sent, whether or not somebody is there to hear of it. */
function nobodyKnows({ direction }: FailedStep): string {
  return `How far the server came is not known here: run \`aludel ${direction}\` again, it looks and goes on from there.`
}

function doings(statement: Statement, ops: readonly Op[]): string {
  const said = statement.ops.flatMap((position) => {
    const op = ops[position]
    return op === undefined ? [] : [definitionOf(op).describe(op)]
  })
  return said.length === 0 ? `run ${statement.sql.split('\n')[0] ?? ''}` : said.join(' and ')
}

interface DependentDrops {
  readonly hint: string
  readonly tables: readonly string[]
  readonly order: readonly string[]
}

/** Who refers to the table that could not be dropped, and the drops in an order that works. */
async function dependentDrops(
  step: FailedStep,
  statement: Statement | null,
  session: Session,
): Promise<DependentDrops | null> {
  const op = statement === null ? undefined : step.ops[statement.ops[0] ?? -1]
  if (op?.kind !== 'dropTable') return null
  try {
    const schema = await session.dialect.introspect(session.db, 'all')
    const order = dropOrder(schema, op.table)
    const tables = [...new Set(referringTo(schema.tables, op.table).map(({ table }) => table.name))]
    const calls = order.map((name) => `op.dropTable('${name.name}')`).join('\n  ')
    const drops = order.length <= 1 ? 'Drop first what depends on it.' : `Drop in this order:\n  ${calls}`
    return { hint: drops, tables, order: order.map((name) => name.name) }
  } catch {
    return null
  }
}

/** A table after everything that refers to it, directly or not. */
export function dropOrder(schema: Schema, target: TableName): readonly TableName[] {
  const order: TableName[] = []
  const seen: TableName[] = []
  const visit = (table: TableName) => {
    if (seen.some((one) => sameName(one, table))) return
    seen.push({ namespace: table.namespace, name: table.name })
    for (const { table: child } of referringTo(schema.tables, table)) visit(child)
    order.push({ namespace: table.namespace, name: table.name })
  }
  visit(target)
  return order
}
