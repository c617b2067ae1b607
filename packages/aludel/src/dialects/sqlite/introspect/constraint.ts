// Keys and checks of a CREATE TABLE text, with what of them the model cannot hold.

import type { Action, Deferral, ForeignKey } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import type { HeldConstraint } from './definition.ts'
import type { Cursor } from './tokens.ts'

export interface ParsedConstraint {
  readonly constraint: HeldConstraint | null
  readonly autoincrement: boolean
}

/** A table constraint; null where the words begin none that is known. */
export function parseConstraint(cursor: Cursor): ParsedConstraint {
  const name = cursor.take('CONSTRAINT') ? cursor.name() : null
  if (cursor.take('PRIMARY', 'KEY')) {
    const { columns, autoincrement, unheld } = keyColumns(cursor)
    const rest = conflict(cursor)
    return {
      constraint: {
        found: { type: 'primaryKey', value: { name, columns, mysql: null, postgres: null } },
        unheld: [...unheld, ...rest],
      },
      autoincrement,
    }
  }
  const constraint = otherConstraint(cursor, name)
  return { constraint, autoincrement: false }
}

function otherConstraint(cursor: Cursor, name: string | null): HeldConstraint | null {
  if (cursor.take('UNIQUE')) {
    const { columns, unheld } = keyColumns(cursor)
    const value = { name, columns, deferrable: null, postgres: null }
    return { found: { type: 'unique', value }, unheld: [...unheld, ...conflict(cursor)] }
  }
  if (cursor.take('CHECK')) {
    const value = { name, condition: rawSql(cursor.parenthesis()), postgres: null }
    // Read and forgotten by SQLite.
    conflict(cursor)
    return { found: { type: 'check', value }, unheld: [] }
  }
  if (cursor.take('FOREIGN', 'KEY')) {
    return { found: { type: 'foreignKey', value: parseReference(cursor, name, cursor.names()) }, unheld: [] }
  }
  return null
}

/** The columns of a key, between parentheses. */
function keyColumns(cursor: Cursor): {
  readonly columns: readonly string[]
  readonly autoincrement: boolean
  readonly unheld: readonly string[]
} {
  const columns: string[] = []
  const unheld: string[] = []
  let autoincrement = false
  cursor.take('(')
  while (cursor.token() !== null && !cursor.is(')')) {
    const column = cursor.name()
    columns.push(column)
    while (cursor.token() !== null && !cursor.is(')') && !cursor.is(',')) {
      if (cursor.take('COLLATE')) unheld.push(`COLLATE ${cursor.name()} of "${column}"`)
      else if (cursor.take('DESC')) unheld.push(`DESC of "${column}"`)
      else if (cursor.take('AUTOINCREMENT')) autoincrement = true
      else cursor.skip()
    }
    cursor.take(',')
  }
  cursor.take(')')
  return { columns, autoincrement, unheld }
}

/** An ON CONFLICT clause, which the model has no place for. */
export function conflict(cursor: Cursor): readonly string[] {
  return cursor.take('ON', 'CONFLICT') ? [`ON CONFLICT ${cursor.name().toUpperCase()}`] : []
}

export function parseReference(cursor: Cursor, name: string | null, columns: readonly string[]): ForeignKey {
  cursor.take('REFERENCES')
  const referent = { namespace: null, name: cursor.name() }
  const referentColumns = cursor.names()
  const key = { onDelete: 'no action' as Action, onUpdate: 'no action' as Action, match: 'simple' as 'simple' | 'full' }
  let deferrable: Deferral | null = null
  for (;;) {
    if (cursor.take('ON', 'DELETE')) key.onDelete = action(cursor)
    else if (cursor.take('ON', 'UPDATE')) key.onUpdate = action(cursor)
    else if (cursor.take('MATCH')) key.match = cursor.name().toLowerCase() === 'full' ? 'full' : 'simple'
    else if (cursor.take('NOT', 'DEFERRABLE')) deferrable = null
    else if (cursor.take('DEFERRABLE')) deferrable = 'immediate'
    else if (cursor.take('INITIALLY', 'DEFERRED')) deferrable = deferrable === null ? null : 'deferred'
    else if (cursor.take('INITIALLY', 'IMMEDIATE')) continue
    else return { name, columns, referent, referentColumns, ...key, deferrable, postgres: null }
  }
}

function action(cursor: Cursor): Action {
  if (cursor.take('SET', 'NULL')) return 'set null'
  if (cursor.take('SET', 'DEFAULT')) return 'set default'
  if (cursor.take('NO', 'ACTION')) return 'no action'
  return cursor.name().toLowerCase() === 'cascade' ? 'cascade' : 'restrict'
}
