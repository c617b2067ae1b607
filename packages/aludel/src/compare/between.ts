// From one source to another: what both mean, in one engine's words, and the operations that lead there and back.

import type { Dialect } from '../dialects/dialect.ts'
import { diff } from '../diff/diff.ts'
import { noAnswers } from '../diff/questions.ts'
import { partsRenames, structureRenames } from '../diff/renames/renames.ts'
import { withSerialsApart } from '../diff/serials.ts'
import { wayBack } from '../diff/way-back.ts'
import type { Irreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll } from '../ops/registry.ts'
import { sameData } from '../schema/canonical.ts'
import type { Schema } from '../schema/model.ts'
import type { Resolved } from '../sources/source.ts'
import { caseRenames } from './case-renames.ts'
import { settleExpressions } from './expressions.ts'
import { isPossible, requireUsed } from './find-renames.ts'
import { withOwnObjects } from './own.ts'
import { isAccount } from './scope.ts'
import { namedAsFound } from './unnamed.ts'
import { withoutUnsaid } from './unsaid.ts'

export interface BetweenRequest {
  readonly from: Resolved
  readonly to: Resolved
  readonly dialect: Dialect
  /** What has another name in the second source and is the same: `user.name=user.full_name`. */
  readonly renames: readonly string[]
  /** The project's own two tables. */
  readonly own: readonly string[]
}

export interface Between {
  /** What the operations start from. */
  readonly before: Schema
  readonly there: readonly Op[]
  readonly back: readonly Op[] | Irreversible
}

/** Everything in the two sources is meant: what the second does not have goes. */
export async function between(request: BetweenRequest): Promise<Between> {
  const { dialect, renames } = request
  const sides = withoutBookkeeping(request)
  const [before, after] = withSerialsApart(...named(sides, await inOneLanguage(sides, dialect)))
  const asked = renameOps(renames, [before, after], request)
  const renaming = [...asked, ...caseRenames(applyAll(before, asked), after, dialect.features)]
  const renamed = applyAll(before, renaming)
  const found = diff(renamed, after)
  const model = request.to.printed === null ? request.to.schema : null
  const there = [...renaming, ...(model === null ? found : withOwnObjects(found, model, renamed))]
  return { before, there, back: wayBack(there, before, after) }
}

/** Only what was named: what looks like a rename and was not is taken for two things. */
function renameOps(
  renames: readonly string[],
  [before, after]: readonly [Schema, Schema],
  { to, dialect }: BetweenRequest,
): readonly Op[] {
  if (renames.length === 0) return []
  const answers = { ...noAnswers, renames }
  const can = (op: Op) => isPossible(dialect, op)
  const structure = structureRenames({ before, after, answers, holds: () => null, can })
  const renamed = applyAll(before, structure.ops)
  const parts = partsRenames({ before: renamed, after, model: to.schema, answers, done: structure.ops, can })
  requireUsed([...structure.used, ...parts.used], { renames, actual: before, normal: after })
  return [...structure.ops, ...parts.ops]
}

type Sides = Pick<BetweenRequest, 'from' | 'to'>

/** Accounts of migration tools in a database that is in use belong to nobody's schema, unless the other side has them too. */
function withoutBookkeeping({ from, to, own }: BetweenRequest): Sides {
  return { from: relieved(from, to, own), to: relieved(to, from, own) }
}

function relieved(side: Resolved, { schema: other }: Resolved, own: readonly string[]): Resolved {
  if (!side.isLive) return side
  const tables = side.schema.tables.filter(
    (table) => !isAccount(table, own) || other.tables.some(({ name }) => name === table.name),
  )
  return tables.length === side.schema.tables.length ? side : { ...side, schema: { ...side.schema, tables } }
}

/** Two texts mean what they say; a text, models and a database that is in use name keys each in their own way. */
function named({ from, to }: Sides, [before, after]: readonly [Schema, Schema]): readonly [Schema, Schema] {
  const isAlike = from.isLive === to.isLive && (from.printed === null) === (to.printed === null)
  return isAlike ? [before, after] : [namedAsFound(before, after), namedAsFound(after, before)]
}

/** Both as the engine puts them: where it printed only one, it is asked whether it means the same by the other's words. */
async function inOneLanguage({ from, to }: Sides, dialect: Dialect): Promise<readonly [Schema, Schema]> {
  const [first, second] = [spoken(from, dialect), spoken(to, dialect)]
  const before = to.printed === null ? withoutUnsaid(first, second) : first
  const after = from.printed === null ? withoutUnsaid(second, first) : second
  if (from.printed !== null && to.printed !== null && sameData(from.printed.server, to.printed.server)) {
    return [before, after]
  }
  const { db: one = null } = from.printed ?? {}
  if (one !== null) return [await settleExpressions(one, dialect, before, after), after]
  const { db: other = null } = to.printed ?? {}
  return other === null ? [before, after] : [before, await settleExpressions(other, dialect, after, before)]
}

function spoken({ schema, printed }: Resolved, dialect: Dialect): Schema {
  return printed === null ? dialect.normalize(schema) : schema
}
