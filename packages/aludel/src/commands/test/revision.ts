// One revision put to the test: up, down and up again, with rows in the tables, and looked at after each step.

import { isAludelError } from '../../errors.ts'
import { constraintsOf } from '../../ops/parts.ts'
import { foldOps } from '../../runner/fold.ts'
import { touchedTables } from '../../runner/step-plan.ts'
import { findTable, sameName } from '../../schema/lookup.ts'
import type { Schema, Table } from '../../schema/model.ts'
import { type Bench, move, type Standing } from './bench.ts'
import { titleOf } from './difference.ts'
import { differenceFromBefore, differenceFromChain, foldFrom, readSchema, testScope } from './expected.ts'
import { createHooks, type Hooks } from './hooks.ts'
import { changesRows, type Recording } from './recordings.ts'
import { type Difference, type Found, outcomeOf, type RevisionResult, type TestFinding } from './result.ts'
import { type RowsByTable, readRows } from './rows.ts'
import { rowsAfterDowngrade, rowsAfterUpgrade } from './rows-kept.ts'
import { fillTables } from './samples/fill.ts'
import type { Future } from './samples/future.ts'

export interface RevisionRequest {
  readonly bench: Bench
  readonly recording: Recording
  readonly standing: Standing
  /** What becomes of a table by this revision and by those after it. */
  readonly futureOf: (table: Table) => Future
  /** True where rows are to be generated. */
  readonly samples: boolean
}

export interface Tested {
  readonly result: Omit<RevisionResult, 'durationMs'>
  /** Where the next revision may go on; null where the database must be made anew. */
  readonly standing: Standing | null
  /** False where the revision cannot even be applied. */
  readonly isApplied: boolean
}

type Stage = 'upgrade' | 'downgrade' | 'again' | 'rows'

interface Trial extends RevisionRequest {
  readonly hooks: Hooks
  readonly findings: { readonly stage: Stage; readonly finding: TestFinding }[]
  readonly notes: string[]
}

export async function testRevision(request: RevisionRequest): Promise<Tested> {
  const { bench, recording, standing } = request
  const { script } = recording
  const trial: Trial = { ...request, hooks: createHooks(bench, script), findings: [], notes: [] }
  const { schema } = standing
  const tables = tablesToWatch(recording, schema)
  if (request.samples && trial.hooks.samples) trial.notes.push(...(await samplesFor(request, schema, tables)))
  await hook(trial, 'before', 'upgrade')
  const before = { schema, rows: await readRows(bench.session, tables), tables }
  const tested = await throughItsSteps(trial, before)
  const count = [...before.rows.values()].reduce((sum, rows) => sum + (rows?.length ?? 0), 0)
  return { ...tested, result: resultOf(trial, count, tested.done) }
}

interface Before {
  readonly schema: Schema
  readonly rows: RowsByTable
  readonly tables: readonly Table[]
}

type Progress = Pick<Tested, 'standing' | 'isApplied'> & { readonly done: ReadonlySet<Stage> }

async function throughItsSteps(trial: Trial, before: Before): Promise<Progress> {
  const { bench, recording } = trial
  if (!(await taken(trial, 'upgrade'))) return { standing: null, isApplied: false, done: new Set(['upgrade']) }
  const after = await readSchema(bench.project, bench.session)
  const folded = await asTheOperationsSay(trial, after)
  unnamed(trial, before.schema, after)
  const sides = { ...before, after, recording, session: bench.session }
  note(trial, 'rows', await rowsAfterUpgrade(sides))
  await hook(trial, 'after', 'upgrade')
  const standing = { folded, schema: after }
  if (recording.down.kind === 'irreversible') {
    trial.notes.push(`It cannot be taken back: ${recording.down.because}`)
    return { standing, isApplied: true, done: new Set(['upgrade', 'rows']) }
  }
  if (!(await taken(trial, 'downgrade'))) {
    return { standing: null, isApplied: true, done: new Set(['upgrade', 'downgrade', 'rows']) }
  }
  const back = await readSchema(bench.project, bench.session)
  differing(trial, 'downgrade', await differenceFromBefore(bench.session, back, before.schema))
  note(trial, 'rows', await rowsAfterDowngrade({ ...sides, back, isKept: trial.hooks.keepsRows }))
  await hook(trial, 'downgraded', 'downgrade')
  if (!(await taken(trial, 'again'))) return { standing: null, isApplied: true, done: every }
  const again = await readSchema(bench.project, bench.session)
  differing(trial, 'again', await differenceFromBefore(bench.session, again, after))
  // What does not hold after one upgrade need not be told twice.
  if (!trial.findings.some(({ finding }) => finding.code === 'test-failed')) await hook(trial, 'after', 'again')
  const isSpoilt = trial.findings.some(({ stage, finding }) => stage !== 'upgrade' && finding.severity === 'error')
  return { standing: isSpoilt ? null : standing, isApplied: true, done: every }
}

const every: ReadonlySet<Stage> = new Set(['upgrade', 'downgrade', 'again', 'rows'])

/** The tables whose rows a revision can reach: all of them where it sends SQL or code of its own. */
function tablesToWatch({ up, down }: Recording, { tables }: Schema): readonly Table[] {
  const ops = [...up, ...(down.kind === 'operations' ? down.ops : [])]
  if (changesRows(ops)) return tables
  const touched = touchedTables(ops)
  return tables.filter(
    (table) =>
      touched.some((one) => sameName(one, table)) ||
      table.foreignKeys.some(({ referent }) => touched.some((one) => sameName(one, referent))),
  )
}

function samplesFor(
  { bench, futureOf }: RevisionRequest,
  schema: Schema,
  tables: readonly Table[],
): Promise<readonly string[]> {
  return fillTables({ session: bench.session, schema, tables, futureOf })
}

/** Takes a step; false where it failed, which is a finding. */
async function taken(trial: Trial, stage: 'upgrade' | 'downgrade' | 'again'): Promise<boolean> {
  const { bench, recording } = trial
  try {
    await move(bench, stage === 'downgrade' ? 'downgrade' : 'upgrade', [recording])
    return true
  } catch (error) {
    bench.signal.throwIfAborted()
    if (!isAludelError(error)) throw error
    note(trial, stage, [
      {
        code: stage === 'again' ? 'upgrade-again-failed' : `${stage}-failed`,
        severity: 'error',
        message: stage === 'again' ? `After its downgrade the upgrade fails: ${error.message}` : error.message,
        difference: [],
        hint: stage === 'again' ? 'The downgrade leaves something behind that the upgrade makes.' : null,
      },
    ])
    return false
  }
}

/** What the chain says from here on: where the database is otherwise, that is told once. */
async function asTheOperationsSay(trial: Trial, after: Schema): Promise<Standing['folded']> {
  const { bench, recording, standing } = trial
  const { session, project } = bench
  const { dialect } = session
  const folded = foldOps(standing.folded, recording.up, recording.script.id, dialect)
  const unclear = [...folded.unknown].filter(([, revision]) => revision === recording.script.id)
  if (unclear.length > 0) {
    trial.notes.push('What its SQL or code does to the schema is not told, so it was not compared: declare `effects`.')
  }
  const difference = await differenceFromChain(session, after, folded, testScope(project))
  if (difference.length > 0) {
    note(trial, 'upgrade', [
      {
        code: 'operations-differ',
        severity: 'error',
        message: 'After the upgrade the database is not what its operations say.',
        difference,
        hint: 'Where SQL or code of its own changes the schema, `effects` must say the same.',
      },
    ])
  }
  return difference.length > 0 || folded.unknown.size > 0 ? foldFrom(after, folded, dialect) : folded
}

function differing(trial: Trial, stage: 'downgrade' | 'again', difference: readonly Difference[]): void {
  if (difference.length === 0) return
  const message =
    stage === 'downgrade'
      ? 'After the downgrade the database is not what it was before the upgrade.'
      : 'Up, down and up again leaves another database than up alone.'
  const code = stage === 'downgrade' ? 'downgrade-differs' : 'upgrade-again-differs'
  note(trial, stage, [{ code, severity: 'error', message, difference, hint: null }])
}

/** Keys, checks and uniques that have come without a name; a primary key needs none, since a table has but one. */
function unnamed(trial: Trial, before: Schema, after: Schema): void {
  const difference = after.tables.flatMap((table) => {
    const old = findTable(before, table)
    const count = (one: Table | null, type: string) =>
      one === null ? 0 : nameless(one).filter((found) => found.type === type).length
    return nameless(table)
      .filter(({ type }, at, list) => list.findIndex((one) => one.type === type) === at)
      .filter(({ type }) => count(table, type) > count(old, type))
      .map(({ type }) => ({
        expected: null,
        actual: `a constraint of table ${titleOf(table)} without a name: ${words[type]}`,
      }))
  })
  if (difference.length === 0) return
  const message = 'The upgrade makes constraints without a name.'
  const hint = 'Give them names, so that a later revision can drop them on every engine: CONSTRAINT name CHECK (...).'
  note(trial, 'upgrade', [{ code: 'unnamed-constraint', severity: 'error', message, difference, hint }])
}

function nameless(table: Table) {
  return constraintsOf(table).filter(({ type, value }) => type !== 'primaryKey' && value.name === null)
}

const words = {
  primaryKey: 'primary key',
  unique: 'unique',
  foreignKey: 'foreign key',
  check: 'check',
  exclude: 'exclude',
}

async function hook(trial: Trial, name: 'before' | 'after' | 'downgraded', stage: Stage): Promise<void> {
  const failure = await trial.hooks.call(name)
  if (failure === null) return
  note(trial, stage, [
    {
      code: 'test-failed',
      severity: 'error',
      message: `\`test.${name}\` of the revision failed: ${failure}`,
      difference: [],
      hint: null,
    },
  ])
}

function note({ findings, recording }: Trial, stage: Stage, found: readonly Found[]): void {
  const { id: revision, path: file } = recording.script
  for (const { code, severity, ...rest } of found) {
    findings.push({ stage, finding: { code, severity, revision, file, ...rest } })
  }
}

function resultOf({ recording, findings, notes }: Trial, rowCount: number, done: ReadonlySet<Stage>): Tested['result'] {
  const { id: revision, message, path } = recording.script
  const outcome = (stage: Stage) =>
    done.has(stage)
      ? outcomeOf(findings.filter((one) => one.stage === stage).map(({ finding }) => finding))
      : ('skipped' as const)
  return {
    revision,
    message,
    path,
    upgrade: outcome('upgrade'),
    downgrade: outcome('downgrade'),
    again: outcome('again'),
    rows: rowCount === 0 ? 'skipped' : outcome('rows'),
    rowCount,
    notes,
    findings: findings.map(({ finding }) => finding),
  }
}
