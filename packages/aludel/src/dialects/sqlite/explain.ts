// SQLite's errors in the vocabulary of the house.

import type { EngineError, EngineErrorKind } from '../dialect.ts'
import { temporaryPrefix } from './literal.ts'

const byCode: readonly (readonly [RegExp, EngineErrorKind])[] = [
  [/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)/, 'unique'],
  [/^SQLITE_CONSTRAINT_FOREIGNKEY/, 'foreign-key'],
  [/^SQLITE_CONSTRAINT_NOTNULL/, 'not-null'],
  [/^SQLITE_CONSTRAINT_CHECK/, 'check'],
  [/^SQLITE_(BUSY|LOCKED)/, 'lock-timeout'],
  [/^SQLITE_(READONLY|PERM)/, 'read-only'],
  [/^SQLITE_FULL/, 'disk-full'],
  [/^SQLITE_(CANTOPEN|NOTADB|IOERR)/, 'unreachable'],
  [/^SQLITE_INTERRUPT/, 'statement-timeout'],
  [/^SQLITE_MISMATCH/, 'cast'],
]

const byMessage: readonly (readonly [RegExp, EngineErrorKind])[] = [
  [/already exists|duplicate column name/, 'already-exists'],
  [/no such (table|column|index|view|trigger|function)|unknown column/, 'does-not-exist'],
  [/UNIQUE constraint failed/, 'unique'],
  [/FOREIGN KEY constraint failed/, 'foreign-key'],
  [/NOT NULL constraint failed/, 'not-null'],
  [/CHECK constraint failed/, 'check'],
  [/syntax error|incomplete input|unrecognized token/, 'syntax'],
  [/database is locked|database table is locked/, 'lock-timeout'],
  [/readonly database/, 'read-only'],
  [/within a transaction/, 'in-transaction'],
]

export function explain(error: unknown): EngineError {
  // A table that is made anew has another name meanwhile, which nobody knows.
  const message = (error instanceof Error ? error.message : String(error)).replaceAll(temporaryPrefix, '')
  const held = error as { readonly code?: unknown; readonly errcode?: unknown }
  const code =
    typeof held?.code === 'string' ? held.code : typeof held?.errcode === 'number' ? String(held.errcode) : ''
  const kind = match(byCode, code) ?? match(byMessage, message) ?? 'other'
  return { kind, message, code, detail: null, objects: objectsIn(message) }
}

function match(list: readonly (readonly [RegExp, EngineErrorKind])[], text: string): EngineErrorKind | null {
  return list.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

// 'UNIQUE constraint failed: user.email', 'no such table: main.user', 'table "user" already exists'
function objectsIn(message: string): readonly string[] {
  const listed = /(?:constraint failed|no such \w+): (.+)$/.exec(message)?.[1]
  if (listed !== undefined) return listed.split(', ')
  const named = /(?:table|index|view|trigger) "?([^"]+?)"? already exists/.exec(message)?.[1]
  return named === undefined ? [] : [named]
}
