// Views and triggers that use what a step takes away: SQLite would keep them, and fail when they are next used.

import type { Connection } from '../../database/types.ts'
import { AludelError } from '../../errors.ts'
import type { Op } from '../../ops/operations.ts'
import { namesIdentifier } from '../../schema/identifiers.ts'
import { rawSql } from '../../schema/sql.ts'
import { quote } from './literal.ts'

interface User {
  readonly type: 'view' | 'trigger'
  readonly name: string
  readonly table: string
  readonly sql: string
}

/** Refuses where a view or trigger that names something dropped does not compile any more. */
export async function verifyUses(db: Connection, ops: readonly Op[]): Promise<void> {
  const gone = ops.flatMap((op) => {
    if (op.kind === 'dropColumn') return [op.column]
    if (op.kind === 'dropTable') return [op.table.name]
    return takesView(op) ? [op.view.name] : []
  })
  if (gone.length === 0) return
  const { rows } = await db.query<User>(
    "SELECT type, name, tbl_name AS \"table\", sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY name",
  )
  for (const user of rows) {
    const used = gone.find((name) => namesIdentifier(rawSql(user.sql), name))
    const error = used === undefined ? null : await compileError(db, user)
    if (error !== null) throw stillUsed(user, used ?? '', error)
  }
}

/** True where a view of that name may be gone afterwards, or be another. */
export function takesView(op: Op): op is Op<'dropView' | 'renameView' | 'createView'> {
  return op.kind === 'dropView' || op.kind === 'renameView' || (op.kind === 'createView' && op.orReplace)
}

/** What SQLite says when it compiles the view, or the statements that the trigger hangs on; null where it can. */
async function compileError(db: Connection, user: User): Promise<string | null> {
  try {
    for (const sql of await usesOf(db, user)) await db.query(sql)
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // A view that takes no INSERT has other reasons to refuse one.
    return /no such (?:column|table)/.test(message) ? message : null
  }
}

/** Of no rows: it is compiled and does nothing. An EXPLAIN in a transaction would leave the file locked, with libsql. */
async function usesOf(db: Connection, { type, name, table }: User): Promise<readonly string[]> {
  if (type === 'view') return [`SELECT * FROM ${quote(name)} LIMIT 0`]
  const { rows } = await db.query<{ readonly name: string }>(
    'SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid',
    [table],
  )
  const columns = rows.map((column) => quote(column.name))
  const itself = columns.map((column) => `${column} = ${column}`).join(', ')
  return [
    `INSERT INTO ${quote(table)} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${quote(table)} WHERE 0`,
    `UPDATE ${quote(table)} SET ${itself} WHERE 0`,
    `DELETE FROM ${quote(table)} WHERE 0`,
  ]
}

function stillUsed({ type, name, table, sql }: User, used: string, error: string): AludelError {
  const what = type === 'view' ? 'View' : 'Trigger'
  const call = type === 'view' ? `op.dropView('${name}')` : `op.dropTrigger('${name}', '${table}')`
  return new AludelError('dependent-objects', `${what} "${name}" uses "${used}", so it cannot be dropped: ${error}.`, {
    hint: `Drop it before, and make it again afterwards as it is to be: ${call}.`,
    details: { dependants: [name], definition: sql },
  })
}
