// What surrounds a SQLite step that rebuilds or drops a table: foreign keys off outside the transaction, checked before its end.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Op } from '../../ops/operations.ts'
import type { StepGuard } from '../dialect.ts'
import { needsRebuild } from './render/needs.ts'

// With foreign keys on, DROP TABLE deletes the rows first and their ON DELETE actions run: child rows would be lost.
const off: StepGuard = {
  before: ['PRAGMA foreign_keys = OFF'],
  after: ['PRAGMA legacy_alter_table = OFF', 'PRAGMA foreign_keys = ON'],
  verify,
}

export function guard(ops: readonly Op[]): StepGuard | null {
  return ops.some(drops) ? off : null
}

function drops(op: Op): boolean {
  if (op.kind === 'autocommit') return op.ops.some(drops)
  return op.kind === 'dropTable' || op.kind === 'run' || needsRebuild(op)
}

interface Violation {
  readonly table: string
  readonly parent: string
  readonly count: number
}

async function verify(db: Connection): Promise<void> {
  const state = await db.query<{ foreign_keys: number }>('PRAGMA foreign_keys')
  if (state.rows[0]?.foreign_keys !== 0) {
    throw new AludelError(
      'foreign-keys-on',
      'SQLite did not switch foreign keys off for this step, so nothing was committed.',
    )
  }
  const { rows } = await db.query<Violation>(
    'SELECT "table", "parent", count(*) AS "count" FROM pragma_foreign_key_check GROUP BY "table", "parent" ORDER BY "table", "parent"',
  )
  const first = rows[0]
  if (first === undefined) return
  const broken = rows.map((row) => `${row.count} in "${row.table}" that refer to "${row.parent}"`).join(', ')
  throw new AludelError('dependent-objects', `The step would leave rows whose referent is gone: ${broken}.`, {
    hint: `Take away or move the rows first, or drop the tables in this order: ${rows.map((row) => `"${row.table}"`).join(', ')}, then "${first.parent}".`,
    details: { violations: rows, dependants: rows.map((row) => row.table) },
  })
}
