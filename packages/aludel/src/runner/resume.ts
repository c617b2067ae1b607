// Where a step goes on that broke off: what the journal says was applied, held against what the database is.

import { settleExpressions } from '../compare/expressions.ts'
import type { Statement } from '../database/types.ts'
import { diff } from '../diff/diff.ts'
import { AludelError, isAludelError } from '../errors.ts'
import { isData } from '../ops/execute.ts'
import type { Op } from '../ops/operations.ts'
import { isNotAgain, redoOf } from '../ops/redo.ts'
import { sameName } from '../schema/lookup.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import { opsSum } from './body.ts'
import type { BrokenOff } from './broken-off.ts'
import { foldAt, readyToFold } from './fold.ts'
import { isCodeTogether } from './segments.ts'
import { type StepPlan, stepPlan, touchedTables } from './step-plan.ts'
import type { PlannedStep, StepContext } from './steps.ts'
import { textSum } from './sums.ts'

export interface ResumePoint {
  /** How many statements are there already. */
  readonly skip: number
  /** What comes next, where it may be there already, in a form that does no harm then; null where it is not there. */
  readonly again: Again | null
  /** Null for a step that begins at its beginning. */
  readonly plan: StepPlan | null
}

export interface Again {
  readonly ops: readonly Op[]
  /** How many statements of the plan it stands for. */
  readonly statements: number
}

const fromTheStart: ResumePoint = { skip: 0, again: null, plan: null }

/**
 * Where to begin. The statement that was under way when a client died may have come to its end without it, because a server
 * does not always notice: then the catalogue decides. Where it cannot, nothing is sent.
 */
export async function resumePoint(context: StepContext, step: PlannedStep): Promise<ResumePoint> {
  const broken = (await context.broken()).get(step.script.id)
  if (broken?.direction !== step.direction || (broken.sums.length === 0 && broken.failed)) return fromTheStart
  await readyToFold(context.graph, context.session.dialect)
  const plan = planOf(context, step, broken)
  const done = broken.sums.length
  if (plan === null) {
    if (done === 0 && !isOpaque(step.ops[0])) return fromTheStart
    throw undecided(step, done, 'what the revisions before it make is not known without asking the database', null)
  }
  requireSame(step, broken, plan)
  if (context.resumeFrom !== null) return said(step, plan, context.resumeFrom)
  if (done >= plan.statements.length) return { skip: plan.statements.length, again: null, plan }
  const standsAt = await standing(context, step, plan)
  if (await standsAt(done)) return next(step, broken, plan, standsAt)
  if (!broken.failed && (await standsAt(done + 1))) return { skip: done + 1, again: null, plan }
  if (await standsAt(0)) {
    context.log(
      `What an earlier run had applied of revision ${step.script.id} is gone again; it starts from its beginning.`,
    )
    return fromTheStart
  }
  throw undecided(step, done, 'the database looks neither as it did then nor as it did before', plan)
}

/** What the engine would not refuse where it has been done already. */
function isOpaque(op: Op | undefined): boolean {
  if (op?.kind === 'autocommit') return isOpaque(op.ops[0])
  return op?.kind === 'run' || (op?.kind === 'execute' && !isData(op))
}

/** The plan whose first statements are those that were sent, where there is one; null where none can be made. */
function planOf({ project, graph, session }: StepContext, step: PlannedStep, broken: BrokenOff): StepPlan | null {
  const { dialect } = session
  try {
    // Whatever is not known for sure shows when the catalogue is compared.
    const before = { ...foldAt(project, graph, step.rowsBefore, dialect), unknown: new Map<string, string>() }
    const how = { codeTogether: isCodeTogether(project, step.script), guarded: dialect.guard(step.ops) !== null }
    const plan = (cut: number) => stepPlan({ ops: step.ops, before, revision: step.script.id, dialect, cut, ...how })
    const whole = plan(0)
    if (isSame(broken, whole, step)) return whole
    // Neighbours may share a statement now that had one each before the file was mended.
    for (let cut = 1; cut <= step.ops.length; cut += 1) {
      const parted = plan(cut)
      if (isSame(broken, parted, step)) return parted
    }
    return whole
  } catch {
    return null
  }
}

/** The tables that the step touches are as after so many statements. */
async function standing({ session }: StepContext, { ops }: PlannedStep, { states }: StepPlan) {
  const { db, dialect } = session
  const tables = touchedTables(ops)
  const within = (schema: Schema): Schema => ({
    ...emptySchema,
    tables: schema.tables.filter((table) => tables.some((one) => sameName(one, table))),
  })
  const actual = within(await dialect.introspect(db, { objects: tables }))
  return async (count: number) => {
    const state = states[count]
    if (state === undefined || state === null) return false
    const wanted = dialect.normalize(within(state))
    return diff(await settleExpressions(db, dialect, actual, wanted), wanted).length === 0
  }
}

/**
 * The database stands where the journal says. Whether the statement under way was done, it shows only where it would
 * stand elsewhere then; otherwise that depends on what the statement does.
 */
async function next(
  step: PlannedStep,
  { sums, failed, halfway }: BrokenOff,
  plan: StepPlan,
  standsAt: (count: number) => Promise<boolean>,
): Promise<ResumePoint> {
  const skip = sums.length
  const isTold = plan.statements[skip]?.transactional === true && !halfway
  const shows = plan.states[skip + 1] !== null && !(await standsAt(skip + 1))
  if (failed || isTold || shows) return { skip, again: null, plan }
  const found = plan.operationAt(skip)
  const ops = found === null ? null : redoOf(found.op)
  if (found !== null && ops !== null && !isNotAgain(ops)) {
    return { skip, again: { ops, statements: found.statements }, plan }
  }
  throw undecided(step, skip, 'whether the statement that was under way came to its end cannot be seen', plan)
}

function isSame({ sums, opsSum: sum }: BrokenOff, { statements }: StepPlan, { ops }: PlannedStep): boolean {
  return sum === opsSum(ops) || sums.every((one, at) => one === null || one === sumOf(statements[at]))
}

function requireSame(step: PlannedStep, broken: BrokenOff, plan: StepPlan): void {
  if (isSame(broken, plan, step)) return
  const { script } = step
  throw new AludelError(
    'edited-since',
    `Revision ${script.id} (${script.path}) broke off after ${counted(broken.sums.length)}, and what it does up to there was changed since.`,
    {
      hint: `Put back what the file said up to there, or undo by hand what was applied and run it again, or finish it by hand and \`aludel resolve --applied ${script.id}\`.`,
      details: { revision: script.id, file: script.path, statements: broken.sums.length },
    },
  )
}

function sumOf(statement: Pick<Statement, 'sql'> | undefined): string | null {
  return statement === undefined ? null : textSum(statement.sql)
}

/** Where a person says to go on. */
function said({ script }: PlannedStep, plan: StepPlan, from: number): ResumePoint {
  const total = plan.statements.length
  if (from <= total + 1) return { skip: from - 1, again: null, plan }
  throw new AludelError(
    'no-such-statement',
    `Revision ${script.id} has ${counted(total)}, so none can go on at ${from}.`,
    {
      hint: `--from ${total + 1} takes all of them for applied.`,
      details: { revision: script.id, statements: total },
    },
  )
}

/** Says what is seen, and what can be done: nothing is sent on a guess. */
function undecided({ script, direction }: PlannedStep, done: number, why: string, plan: StepPlan | null): AludelError {
  const { id, path } = script
  const [next, total] = [plan?.statements[done]?.sql ?? null, plan?.statements.length ?? null]
  const place = next === null || total === null ? '' : ` Statement ${done + 1} of ${total} was next: ${shortened(next)}`
  const ways =
    plan === null
      ? []
      : [`\`aludel resume --from ${done + 1}\` sends it, \`aludel resume --from ${done + 2}\` takes it for done.`]
  return new AludelError(
    'broken-off',
    `An earlier ${direction} of revision ${id} (${path}) broke off after ${counted(done)}, and where to go on is not sure: ${why}.${place}`,
    {
      hint: [
        ...ways,
        `Or finish or undo it by hand, and say so: \`aludel resolve --applied ${id}\` or \`aludel resolve --undone ${id}\`.`,
      ].join('\n'),
      details: { revision: id, file: path, statements: done, total, next },
    },
  )
}

function shortened(sql: string): string {
  const text = sql.replace(/\s+/g, ' ').trim()
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'statement' : 'statements'}`
}

/** True for a refusal to go on that sent nothing. */
export function isUndecided(error: unknown): boolean {
  return isAludelError(error) && (error.code === 'broken-off' || error.code === 'edited-since')
}
