// What SQLite cannot do whatever the tables are like, refused as it is recorded.

import { AludelError } from '../../../errors.ts'
import { requireNames } from '../../../ops/names.ts'
import type { Op } from '../../../ops/operations.ts'
import { refuseByRendering } from '../../refuse.ts'
import { nameRules } from '../literal.ts'
import { reads } from './needs.ts'
import { refuseNamespace } from './refusals.ts'
import { render } from './render.ts'
import { columnSql, uniqueSql } from './table.ts'

/** The version that offline SQL is written for. */
export const newestVersion = [3, 50]

const rendered = refuseByRendering({ reads, render })

/** A rebuild is rendered only once the table is known; what is refused of it for ever is asked here. */
export function refuseWith(version: readonly number[]): (op: Op) => void {
  return (op) => {
    requireNames(op, nameRules)
    if (isStrict(op)) requireStrict(version)
    if ('table' in op && 'name' in op.table) refuseNamespace(op.table)
    if (op.kind === 'createUniqueConstraint') uniqueSql(op.unique)
    if (op.kind === 'addColumn') columnSql(op.column, { name: op.table.name, primaryKey: null, sqlite: null }, null)
    rendered(op)
  }
}

function isStrict(op: Op): boolean {
  if (op.kind === 'createTable') return op.table.sqlite?.strict ?? false
  return op.kind === 'alterTable' && (op.set.sqlite?.strict ?? false)
}

function requireStrict([major = 0, minor = 0]: readonly number[]): void {
  if (major > 3 || minor >= 37) return
  throw new AludelError('unsupported-feature', 'STRICT tables are known to SQLite since 3.37.', {
    hint: 'Leave `strict` out, or hold the types by checks: typeof(...).',
  })
}
