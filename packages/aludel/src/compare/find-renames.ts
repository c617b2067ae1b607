// What has another name, found in the database's own terms: so that the engine can compare expressions before anything is renamed.

import type { Connection } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Held } from '../diff/losses.ts'
import type { RenameQuestion } from '../diff/questions.ts'
import { changedColumns } from '../diff/renames/columns.ts'
import { partsRenames, structureRenames } from '../diff/renames/renames.ts'
import { changedTables } from '../diff/renames/tables.ts'
import { partTitle, titleOf } from '../diff/titles.ts'
import { AludelError } from '../errors.ts'
import { isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { requireSupported } from '../ops/refusals.ts'
import { applyAll, invertAll } from '../ops/registry.ts'
import { didYouMean } from '../revisions/nearest.ts'
import { canonicalJson } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { Dialogue } from './dialogue.ts'
import { settleDoubles } from './doubles.ts'
import { settleExpressions } from './expressions.ts'
import { whatIsHeld } from './held.ts'

export interface RenameSearch {
  readonly db: Connection
  readonly dialect: Dialect
  /** The engines that the operations must serve beside the database's own. */
  readonly engines: readonly Dialect[]
  /** The database, with names for what had none. */
  readonly actual: Schema
  /** What is wanted, as the engine would report it, and as the models have it. */
  readonly normal: Schema
  readonly model: Schema
  readonly dialogue: Dialogue
  /** Gives what has no name the model's. */
  named(actual: Schema, model: Schema): Schema
}

export interface FoundRenames {
  readonly ops: readonly Op[]
  readonly questions: readonly RenameQuestion[]
  /** The database with expressions in the model's words, before and after the renames. */
  readonly before: Schema
  readonly after: Schema
}

export async function findRenames(search: RenameSearch): Promise<FoundRenames> {
  const { db, dialect, engines, normal, model, dialogue } = search
  const can = (op: Op) => [dialect, ...engines].every((engine) => isPossible(engine, op))
  const holds = dialogue.answers().noRenames ? () => null : await heldBy(search)
  const structure = await dialogue.about((answers) =>
    structureRenames({ before: search.actual, after: normal, answers, holds, can }),
  )
  const wanted = undone(structure.ops, search.actual, normal)
  const named = structure.ops.length === 0 ? search.actual : search.named(search.actual, wanted)
  const settled = structure.ops.length === 0 ? named : await settleExpressions(db, dialect, named, wanted)
  const before = await settleDoubles(db, dialect, settled, wanted)
  const renamed = applyAll(before, structure.ops)
  const parts = await dialogue.about((answers) =>
    partsRenames({ before: renamed, after: normal, model, answers, done: structure.ops, can }),
  )
  const { actual } = search
  requireUsed([...structure.used, ...parts.used], { renames: dialogue.answers().renames, actual, normal })
  const ops = [...structure.ops, ...parts.ops]
  return {
    ops,
    questions: [...structure.questions, ...parts.questions],
    before,
    after: applyAll(before, ops),
  }
}

/** What is wanted under the names that the database has now. */
function undone(ops: readonly Op[], before: Schema, wanted: Schema): Schema {
  const back = invertAll(ops, before)
  return isIrreversible(back) ? wanted : applyAll(wanted, back)
}

export function isPossible(engine: Dialect, op: Op): boolean {
  try {
    requireSupported(op, { dialect: engine.name, features: engine.features })
    engine.refuse(op)
    return true
  } catch {
    return false
  }
}

/** What the database says of tables and columns that are gone from the models, where others have come. */
async function heldBy({ db, dialect, actual, normal }: RenameSearch) {
  const { gone, come } = changedTables({ before: actual, after: normal })
  const tables = come.length === 0 ? [] : gone.map((table) => heldOf(table, null))
  const inActual = tableFinder(actual)
  const columns = normal.tables.flatMap((after) => {
    const before = inActual(after)
    if (before === null) return []
    const changed = changedColumns({ before, after })
    return changed.come.length === 0 ? [] : changed.gone.map(({ name }) => heldOf(before, name))
  })
  const list = [...tables, ...columns]
  const answers = await whatIsHeld(db, dialect, list)
  const found = new Map(list.map((held, at) => [canonicalJson(held), answers[at] ?? null]))
  return (table: TableName, column: string | null) => found.get(canonicalJson(heldOf(table, column))) ?? null
}

function heldOf({ namespace, name }: TableName, column: string | null): Held {
  return { table: { namespace, name }, column, isNull: false }
}

export interface SaidRenames {
  readonly renames: readonly string[]
  readonly actual: Schema
  readonly normal: Schema
}

/** A rename that names something which is not there was mistyped, and must not become a drop. */
export function requireUsed(used: readonly string[], { renames, actual, normal }: SaidRenames): void {
  const unknown = renames.find((text) => !used.includes(text))
  if (unknown === undefined) return
  const { gone, come } = changedTables({ before: actual, after: normal })
  const columnsIn = (schema: Schema, other: Schema) => {
    const find = tableFinder(other)
    return schema.tables.flatMap((table) => {
      const double = find(table)
      const left = double === null ? table.columns : changedColumns({ before: table, after: double }).gone
      return left.map(({ name }) => partTitle(table, name))
    })
  }
  const from = [...gone.map((table) => titleOf(table)), ...columnsIn(actual, normal)]
  const to = [...come.map((table) => titleOf(table)), ...columnsIn(normal, actual)]
  const [old = '', name = ''] = unknown.split('=')
  const meant = from.includes(old) ? didYouMean(name, to) : didYouMean(old, from)
  throw new AludelError(
    'unknown-rename',
    `The rename "${unknown}" names something that is not gone, or has not come.`,
    {
      hint: `${meant === null ? '' : `${meant} `}Gone: ${listed(from)}. New: ${listed(to)}.`,
      details: { rename: unknown, from, to },
    },
  )
}

function listed(names: readonly string[]): string {
  const most = 12
  if (names.length === 0) return 'nothing'
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`
}
