// A plan as a SQL script: what a run would send and leave, for somebody else to send. What cannot be written is refused, never left out.

import type { Dialect } from '../dialects/dialect.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { type Passed, rowsAlong, type Step } from '../revisions/rows.ts'
import { historyStatement, preparation, rowsAre, versionStatements } from './bookkeeping.ts'
import { directionOps } from './direction.ts'
import { createInverses, type Inverses } from './inverses.ts'
import type { ScriptOptions } from './offline-ops.ts'
import { createKnowledge, writeStep } from './offline-step.ts'
import { type Origin, originOf } from './origin.ts'
import { isAllOrNothing } from './segments.ts'
import { inOneTransaction, type PlannedStep } from './steps.ts'
import { textSum } from './sums.ts'
import { outsideTheRun } from './take-steps.ts'

export interface OfflineRequest {
  readonly project: Project
  readonly dialect: Dialect
  readonly graph: RevisionGraph<Script>
  /** The version rows that the script starts from. */
  readonly current: readonly string[]
  readonly steps: readonly Step<Script>[]
  /** Write a comment in the place of code instead of refusing it. */
  readonly skipCode: boolean
}

/** The script's text, each statement ended as the engine's client wants it. It fails at once where the database stands elsewhere. */
export function offlineScript(request: OfflineRequest): string {
  const { project, dialect, graph, steps } = request
  if (steps.length === 0) return ''
  const current = [...request.current].sort()
  const lines: string[] = []
  const put = (sql: string) => lines.push(dialect.script.ended(sql.replace(/(?:\s|;)+$/, '')), '')
  const comment = (text: string) => lines.push(`-- ${text.replace(/\s+/g, ' ')}`, '')
  for (const sql of opening(request, current)) put(sql)
  const passed = rowsAlong(graph, current, steps)
  const origin = { ...originOf(project.directory), run: runOf(current, steps) }
  const inverses = createInverses(
    { project, graph, dialect },
    steps.flatMap((step) => (step.direction === 'stamp' ? [] : [step.revision])),
  )
  const options: ScriptOptions = {
    ...{ project, dialect, graph, origin, inverses, put, comment },
    skipCode: request.skipCode,
  }
  if (steps.every((step) => step.direction === 'stamp')) writeStamp(options, passed)
  else writeSteps(options, current, prepared(request, passed, inverses))
  return lines.join('\n')
}

/** The tables of bookkeeping, and that the database is where the script starts. */
function opening({ project, dialect, steps }: OfflineRequest, current: readonly string[]): readonly string[] {
  const ids = steps.flatMap((step) => (step.direction === 'stamp' ? step.to : [step.revision.id]))
  const place = current.length === 0 ? 'at the base' : `at ${current.join(', ')}`
  const check = dialect.script.require(rowsAre(project, dialect, current), `The database is not ${place}.`)
  const tables = preparation(project, dialect, ids)
  // Nothing is made in a database that is somewhere else; one at the base may have no table to ask yet.
  return current.length === 0 ? [...tables, ...check] : [...check, ...tables]
}

/** The same script has the same name in the history, whenever it was written. */
function runOf(current: readonly string[], steps: readonly Step<Script>[]): string {
  const ends = steps.map((step) => (step.direction === 'stamp' ? step : [step.direction, step.revision.id]))
  const sum = textSum(JSON.stringify([current, ends]))
  return [sum.slice(0, 8), sum.slice(8, 12), `8${sum.slice(13, 16)}`, `8${sum.slice(17, 20)}`, sum.slice(20, 32)].join(
    '-',
  )
}

function prepared(
  { project, dialect, graph }: OfflineRequest,
  passed: Iterable<Passed<Step<Script>>>,
  inverses: Inverses,
): readonly PlannedStep[] {
  return [...passed].flatMap(({ step, ...rows }) => {
    if (step.direction === 'stamp') return []
    const { revision: script, direction } = step
    return [
      {
        script,
        direction,
        ops: directionOps({ project, graph, script, direction, dialect, inverses }),
        beyond: () => [],
        ...rows,
      },
    ]
  })
}

function writeSteps(options: ScriptOptions, current: readonly string[], steps: readonly PlannedStep[]): void {
  const { project, dialect, put } = options
  const whole = project.transaction === 'run' && dialect.features.transactionalDdl
  const knowledge = createKnowledge(options, current)
  const outer = whole ? dialect.guard(steps.flatMap((step) => step.ops)) : null
  for (const sql of outer?.before ?? []) put(sql)
  if (whole) put('BEGIN')
  for (const sql of outer?.script.begin ?? []) put(sql)
  for (const step of whole ? inOneTransaction(steps) : steps) {
    const atomic = isAllOrNothing(project, dialect, step.script, step.ops)
    if (whole && !atomic) throw outsideTheRun(step)
    options.comment(titleOf(step))
    writeStep(options, step, knowledge, whole ? 'inside' : atomic ? 'one' : 'journal')
    knowledge.moved(step.rowsAfter)
  }
  for (const sql of outer?.script.verify ?? []) put(sql)
  if (whole) put('COMMIT')
  for (const sql of outer?.after ?? []) put(sql)
}

function titleOf({ script, direction }: PlannedStep): string {
  const below = script.downRevisions.join(', ') || '<base>'
  const way = direction === 'upgrade' ? `${below} -> ${script.id}` : `${script.id} -> ${below}`
  return `Running ${direction} ${way}${script.message === '' ? '' : `, ${script.message}`}`
}

function writeStamp(
  { project, dialect, origin, put, comment }: ScriptOptions & { readonly origin: Origin },
  passed: Iterable<Passed<Step>>,
): void {
  put('BEGIN')
  let rows: readonly string[] = []
  for (const { step, change, rowsAfter } of passed) {
    if (step.direction !== 'stamp') continue
    comment(`Stamp ${step.from.join(', ') || '<base>'} -> ${step.to.join(', ') || '<base>'}`)
    for (const sql of versionStatements(project, dialect, change)) put(sql)
    rows = rowsAfter
  }
  const row = { ...origin, event: 'stamp' as const, heads: JSON.stringify(rows) }
  put(historyStatement(project, dialect, row, { at: dialect.script.now }))
  put('COMMIT')
}
