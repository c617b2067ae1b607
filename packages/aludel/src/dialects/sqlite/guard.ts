// What surrounds a SQLite step that rebuilds or drops a table: foreign keys off outside the transaction, checked before its end.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Op } from '../../ops/operations.ts'
import type { StepGuard } from '../dialect.ts'
import { needsRebuild } from './render/needs.ts'
import { referentsRequired, rowsBegin, rowsRequired } from './script-guard.ts'
import { takesView, verifyUses } from './uses.ts'
import { type Violation, verifyRows, violations } from './violations.ts'

// With foreign keys on, DROP TABLE deletes the rows first and their ON DELETE actions run: child rows would be lost.
export function guard(ops: readonly Op[]): StepGuard | null {
  const flat = flattened(ops)
  if (!ops.some(drops)) return flat.some(takesView) ? viewGuard(flat) : null
  const dropped = flat.flatMap((op) => (op.kind === 'dropTable' ? [op.table.name] : []))
  let earlier: readonly Violation[] = []
  return {
    before: ['PRAGMA foreign_keys = OFF'],
    after: ['PRAGMA legacy_alter_table = OFF', 'PRAGMA foreign_keys = ON'],
    begin: async (db) => {
      earlier = await violations(db)
    },
    verify: async (db) => {
      await verifyOff(db)
      await verifyReferents(db, dropped)
      await verifyUses(db, flat)
      await verifyRows(db, earlier)
    },
    script: { begin: rowsBegin, verify: [...referentsRequired(dropped), ...rowsRequired] },
  }
}

/** A view that goes leaves the table's rows alone, so only those that use it are looked at. */
function viewGuard(ops: readonly Op[]): StepGuard {
  return {
    before: [],
    after: [],
    begin: async () => {},
    verify: (db) => verifyUses(db, ops),
    script: { begin: [], verify: [] },
  }
}

function drops(op: Op): boolean {
  if (op.kind === 'autocommit') return op.ops.some(drops)
  if (op.kind === 'setAside') return drops(op.op)
  // A column is made open and closed once it has its values, which takes a rebuild.
  if (op.kind === 'putBack') return op.op.kind !== 'createTable'
  return op.kind === 'dropTable' || op.kind === 'run' || needsRebuild(op)
}

function flattened(ops: readonly Op[]): readonly Op[] {
  return ops.flatMap((op) => {
    if (op.kind === 'autocommit') return flattened(op.ops)
    return op.kind === 'setAside' || op.kind === 'putBack' ? [op.op] : [op]
  })
}

async function verifyOff(db: Connection): Promise<void> {
  const state = await db.query<{ foreign_keys: number }>('PRAGMA foreign_keys')
  if (state.rows[0]?.foreign_keys !== 0) {
    throw new AludelError(
      'foreign-keys-on',
      'SQLite did not switch foreign keys off for this step, so nothing was committed.',
    )
  }
}

/** Other engines refuse to drop a table that another refers to; SQLite would leave the reference dangling. */
async function verifyReferents(db: Connection, dropped: readonly string[]): Promise<void> {
  if (dropped.length === 0) return
  const { rows } = await db.query<{ readonly child: string; readonly parent: string }>(
    `SELECT DISTINCT t.name AS child, f."table" AS parent FROM sqlite_master t, pragma_foreign_key_list(t.name) f
     WHERE t.type = 'table' AND NOT EXISTS (SELECT 1 FROM sqlite_master p WHERE p.type = 'table' AND p.name = f."table" COLLATE NOCASE)
     ORDER BY t.name, f."table"`,
  )
  const left = rows.filter(({ parent }) => dropped.some((name) => name.toLowerCase() === parent.toLowerCase()))
  const [first] = left
  if (first === undefined) return
  const children = [...new Set(left.filter(({ parent }) => parent === first.parent).map(({ child }) => child))]
  const calls = [...children, first.parent].map((name) => `op.dropTable('${name}')`).join('\n  ')
  throw new AludelError(
    'dependent-objects',
    `Table "${first.parent}" cannot be dropped: ${children.map((name) => `"${name}"`).join(', ')} ${children.length === 1 ? 'refers' : 'refer'} to it.`,
    {
      hint: `Drop in this order:\n  ${calls}`,
      details: { dependants: children, order: [...children, first.parent] },
    },
  )
}
