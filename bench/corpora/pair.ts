// One pair: both sides loaded on a live engine, the difference applied to the first, and everything that must hold then.

import { type DiffResult, differenceOf, scriptFor } from '../../packages/aludel/src/commands/diff.ts'
import type { Connection } from '../../packages/aludel/src/database/types.ts'
import type { Dialect, ScratchServer } from '../../packages/aludel/src/dialects/dialect.ts'
import { addressOn } from '../../packages/aludel/src/dialects/scratch.ts'
import { isAludelError } from '../../packages/aludel/src/errors.ts'
import type { Op } from '../../packages/aludel/src/ops/operations.ts'
import type { Schema, TableName } from '../../packages/aludel/src/schema/model.ts'
import { sameSchema, sortedSchema } from '../../packages/aludel/src/schema/same.ts'
import type { Resolved } from '../../packages/aludel/src/sources/source.ts'
import type { Pair } from './corpus.ts'
import type { Describe, Described } from './description.ts'
import { fill, lostSince, snapshot } from './rows.ts'

export interface Ground {
  readonly server: ScratchServer
  readonly dialect: Dialect
  /** The server's address, with any database of it. */
  readonly url: string
  readonly describe: Describe
  /** What was described already, by the SQL that was loaded. */
  readonly described: Map<string, readonly string[]>
}

export type Outcome =
  /** `rows` is false where generated rows stood in the way of what is new, so that only empty tables were tried. */
  | { readonly kind: 'passed'; readonly rows: boolean }
  | { readonly kind: 'unsupported'; readonly kinds: readonly string[] }
  | Failure

export interface Failure {
  readonly kind: 'failed'
  /** Which of the claims does not hold. */
  readonly step: string
  /** A line that says why. */
  readonly reason: string
  /** The statements that were sent, and what differs. */
  readonly detail: string
}

class Broken extends Error {
  override readonly name = 'Broken'
  readonly failure: Omit<Failure, 'kind'>
  constructor(failure: Omit<Failure, 'kind'>) {
    super(failure.reason)
    this.failure = failure
  }
}

export async function tryPair(pair: Pair, ground: Ground): Promise<Outcome> {
  const first = await attempt(pair, ground, true)
  // Rows that stand in the way of a new constraint are no fault of the difference.
  return first === 'rows in the way' ? settled(await attempt(pair, ground, false)) : first
}

function settled(outcome: Outcome | 'rows in the way'): Outcome {
  return outcome === 'rows in the way'
    ? { kind: 'failed', step: 'apply', reason: 'rows in the way of an empty database', detail: '' }
    : outcome
}

async function attempt(pair: Pair, ground: Ground, withRows: boolean): Promise<Outcome | 'rows in the way'> {
  const open: Connection[] = []
  try {
    const load = async (text: string, name: string): Promise<Described> => {
      const db = await ground.server.open([{ name, text }]).catch((error: unknown) => {
        throw new Broken({ step: 'load', reason: messageOf(error), detail: text })
      })
      open.push(db)
      return { db, dialect: ground.dialect, url: await addressOf(db, ground) }
    }
    const [a, b] = [await load(pair.from, 'from_sql'), await load(pair.to, 'to_sql')]
    const described = { before: await describedAs(pair.from, a, ground), after: await describedAs(pair.to, b, ground) }
    return await accept({ a, b, described }, ground, withRows)
  } catch (error) {
    if (error instanceof Broken) return { kind: 'failed', ...error.failure }
    if (error instanceof RowsInTheWay) return 'rows in the way'
    if (isAludelError(error) && error.code === 'unsupported-kinds') {
      return { kind: 'unsupported', kinds: error.details.kinds as readonly string[] }
    }
    const code = isAludelError(error) ? error.code : 'unexpected'
    return { kind: 'failed', step: 'diff', reason: `${code}: ${messageOf(error)}`, detail: stackOf(error) }
  } finally {
    for (const db of open) await db.close()
  }
}

const nameOfDatabase = {
  postgres: 'SELECT current_database() AS name',
  mysql: 'SELECT DATABASE() AS name',
  sqlite: null,
}

async function addressOf(db: Connection, { url }: Ground): Promise<string> {
  const question = nameOfDatabase[db.dialect]
  if (question === null) return url
  const { rows } = await db.query<{ name: string }>(question)
  return addressOn(url, rows[0]?.name ?? '')
}

class RowsInTheWay extends Error {
  override readonly name = 'RowsInTheWay'
}

/** The same SQL is the same database, and many pairs begin alike. */
async function describedAs(
  text: string,
  database: Described,
  { describe, described }: Ground,
): Promise<readonly string[]> {
  const known = described.get(text) ?? (await describe(database))
  described.set(text, known)
  return known
}

interface Loaded {
  readonly a: Described
  readonly b: Described
  readonly described: { readonly before: readonly string[]; readonly after: readonly string[] }
}

async function accept({ a, b, described }: Loaded, ground: Ground, withRows: boolean): Promise<Outcome> {
  const [before, after] = [await sideOf(a, 'from_sql'), await sideOf(b, 'to_sql')]
  const difference = await differenceBetween(before, after, ground.dialect)
  if (withRows) await fill(a, before.schema)
  const rows = await snapshot(a, before.schema)
  const way = difference.sql
  await apply(a, difference.statements, 'apply', withRows, way)
  const reached = await sideOf(a, 'reached')
  requireSame(reached.schema, after.schema, 'introspection', way)
  requireLines(await ground.describe(a), described.after, 'description', way)
  const second = await differenceBetween(reached, after, ground.dialect)
  if (second.differences.length > 0) {
    throw new Broken({ step: 'second diff', reason: second.text.join('; '), detail: way })
  }
  const lost = await lostSince(rows, a, after.schema)
  if (lost !== null) throw new Broken({ step: 'rows', reason: lost, detail: way })
  requireInPlace(difference.differences, way)
  await goBack(a, { difference, reached, before, described: described.before }, ground, withRows)
  return { kind: 'passed', rows: withRows }
}

async function sideOf({ db, dialect }: Described, title: string): Promise<Resolved> {
  const schema = await dialect.introspect(db, 'all')
  return { title, schema, printed: { server: db.server, db }, isLive: false }
}

function differenceBetween(from: Resolved, to: Resolved, dialect: Dialect): Promise<DiffResult> {
  return differenceOf({ from, to, dialect, renames: [], own: [] })
}

/** One statement after the other, as a driver sends them. */
async function apply(
  { db, dialect }: Described,
  statements: readonly string[],
  step: string,
  withRows: boolean,
  way: string,
): Promise<void> {
  for (const sql of statements) {
    try {
      await db.script(sql)
    } catch (error) {
      const { kind, message } = dialect.explain(error)
      if (withRows && rowsRefuse.has(kind)) throw new RowsInTheWay(message)
      throw new Broken({ step, reason: `${message} [${firstLine(sql)}]`, detail: way })
    }
  }
}

const rowsRefuse: ReadonlySet<string> = new Set(['unique', 'foreign-key', 'not-null', 'check', 'cast', 'other'])

interface WayBack {
  readonly difference: DiffResult
  readonly reached: Resolved
  readonly before: Resolved
  readonly described: readonly string[]
}

async function goBack(
  a: Described,
  { difference, reached, before, described }: WayBack,
  ground: Ground,
  withRows: boolean,
): Promise<void> {
  if (difference.irreversible !== null) {
    throw new Broken({ step: 'way back', reason: `irreversible: ${difference.irreversible}`, detail: difference.sql })
  }
  const lines = await scriptFor(reached, difference.downgrade, ground.dialect)
  const way = `${difference.sql}\n-- and back:\n${lines.map(({ sql }) => `${sql};`).join('\n\n')}`
  await apply(
    a,
    lines.map(({ sql }) => sql),
    'way back',
    withRows,
    way,
  )
  const returned = await sideOf(a, 'returned')
  requireSame(returned.schema, before.schema, 'way back: introspection', way)
  requireLines(await ground.describe(a), described, 'way back: description', way)
}

function requireSame(is: Schema, wanted: Schema, step: string, way: string): void {
  if (sameSchema(is, wanted)) return
  const [left, right] = [is, wanted].map((one) => JSON.stringify(sortedSchema(one), plain, 1).split('\n'))
  const { reason, text } = differing(left ?? [], right ?? [])
  throw new Broken({ step, reason, detail: `${way}\n${text}` })
}

function requireLines(is: readonly string[], wanted: readonly string[], step: string, way: string): void {
  if (is.join('\n') === wanted.join('\n')) return
  const { reason, text } = differing(is, wanted)
  throw new Broken({ step, reason, detail: `${way}\n${text}` })
}

function differing(
  is: readonly string[],
  wanted: readonly string[],
): { readonly reason: string; readonly text: string } {
  const [extra, missing] = [is.filter((one) => !wanted.includes(one)), wanted.filter((one) => !is.includes(one))]
  const text = [...extra.map((one) => `- ${one}`), ...missing.map((one) => `+ ${one}`)].join('\n')
  // Who owns a thing says less than that it is not there.
  const telling = (list: readonly string[]) => list.find((one) => !/ OWNER TO /.test(one)) ?? list[0]
  const [lack, have] = [telling(missing), telling(extra)]
  if (lack !== undefined && have !== undefined) {
    const [left, right] = [have.split('\n'), lack.split('\n')]
    const line = right.find((one) => !left.includes(one)) ?? left.find((one) => !right.includes(one))
    if (left.length > 1 && left[0] === right[0] && line !== undefined) {
      const verb = right.includes(line) ? 'lacks' : 'has'
      return { reason: `${firstLine(right[0] ?? '')} ${verb} ${firstLine(line)}`, text }
    }
  }
  const reason = lack === undefined ? `has ${firstLine(have ?? '')}` : `lacks ${firstLine(lack)}`
  return { reason, text }
}

/** Nothing is dropped and made again under its own name that could have been changed where it is. */
function requireInPlace(ops: readonly Op[], way: string): void {
  const dropped = new Set(ops.flatMap((op) => keysOf(op, 'drop')))
  const again = ops.flatMap((op) => keysOf(op, 'make')).find((key) => dropped.has(key))
  if (again !== undefined) throw new Broken({ step: 'in place', reason: `made again: ${again}`, detail: way })
}

function keysOf(op: Op, way: 'drop' | 'make'): readonly string[] {
  const at = ({ namespace, name }: TableName) => (namespace === null ? name : `${namespace}.${name}`)
  if (way === 'drop') {
    if (op.kind === 'dropTable') return [`table ${at(op.table)}`]
    return op.kind === 'dropColumn' ? [`column ${at(op.table)}.${op.column}`] : []
  }
  if (op.kind === 'createTable') return [`table ${at(op.table)}`]
  return op.kind === 'addColumn' && op.column.generated === null ? [`column ${at(op.table)}.${op.column.name}`] : []
}

function firstLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 140 ? `${line.slice(0, 140)}...` : line
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : ''
}
