// From one source to another: what both mean, in one engine's words, and the operations that lead there and back.

import type { Dialect } from '../dialects/dialect.ts'
import { diff } from '../diff/diff.ts'
import { withSerialsApart } from '../diff/serials.ts'
import { type Irreversible, isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll, invertAll } from '../ops/registry.ts'
import { sameData } from '../schema/canonical.ts'
import type { Schema } from '../schema/model.ts'
import type { Resolved } from '../sources/source.ts'
import { settleExpressions } from './expressions.ts'
import { withOwnObjects } from './own.ts'
import { renameOps } from './renames.ts'
import { isBookkeeping } from './scope.ts'

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
  const [before, after] = withSerialsApart(...(await inOneLanguage(withoutBookkeeping(request), dialect)))
  const renaming = renameOps(renames, before)
  const renamed = applyAll(before, renaming)
  const found = diff(renamed, after)
  const model = request.to.printed === null ? request.to.schema : null
  const there = [...renaming, ...(model === null ? found : withOwnObjects(found, model, renamed))]
  return { before, there, back: wayBack(there, before) }
}

function wayBack(there: readonly Op[], before: Schema): readonly Op[] | Irreversible {
  const back = invertAll(there, before)
  return isIrreversible(back) ? { irreversible: back.irreversible } : back
}

type Sides = Pick<BetweenRequest, 'from' | 'to'>

/** Accounts of migration tools in a database that is in use belong to nobody's schema, unless the other side has them too. */
function withoutBookkeeping({ from, to, own }: BetweenRequest): Sides {
  return { from: relieved(from, to, own), to: relieved(to, from, own) }
}

function relieved(side: Resolved, { schema: other }: Resolved, own: readonly string[]): Resolved {
  if (!side.isLive) return side
  const isLeft = ({ name }: { readonly name: string }) => isBookkeeping(name, own)
  const tables = side.schema.tables.filter(
    (table) => !isLeft(table) || other.tables.some(({ name }) => name === table.name),
  )
  return tables.length === side.schema.tables.length ? side : { ...side, schema: { ...side.schema, tables } }
}

/** Both as the engine puts them: where it printed only one, it is asked whether it means the same by the other's words. */
async function inOneLanguage({ from, to }: Sides, dialect: Dialect): Promise<readonly [Schema, Schema]> {
  const [before, after] = [spoken(from, dialect), spoken(to, dialect)]
  if (from.printed !== null && to.printed !== null && sameData(from.printed.server, to.printed.server)) {
    return [before, after]
  }
  const { db: first = null } = from.printed ?? {}
  if (first !== null) return [await settleExpressions(first, dialect, before, after), after]
  const { db: second = null } = to.printed ?? {}
  return second === null ? [before, after] : [before, await settleExpressions(second, dialect, after, before)]
}

function spoken({ schema, printed }: Resolved, dialect: Dialect): Schema {
  return printed === null ? dialect.normalize(schema) : schema
}
