// SQLite's text of a table to the model: the text is all that the engine keeps, so nothing in it may be lost.

import type { Action, Check, Column, Deferral, ForeignKey, Generated, Table, Unique } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { enumCheck } from '../render/table.ts'
import { parseType } from '../types.ts'
import { parseDefault } from './defaults.ts'
import { type Cursor, cursorOver, tokenize, unquoteString } from './tokens.ts'

interface Draft {
  readonly columns: Column[]
  readonly uniques: Unique[]
  readonly checks: Check[]
  readonly foreignKeys: ForeignKey[]
  primaryKey: Table['primaryKey']
  autoincrement: boolean
}

/** The table that a CREATE TABLE text describes, without its indexes. */
export function parseTable(sql: string, name: string, triggers: readonly string[]): Table {
  const cursor = cursorOver(sql)
  while (cursor.token() !== null && !cursor.is('(')) cursor.skip()
  cursor.take('(')
  const draft: Draft = { columns: [], uniques: [], checks: [], foreignKeys: [], primaryKey: null, autoincrement: false }
  while (cursor.token() !== null && !cursor.is(')')) {
    if (isTableConstraint(cursor)) tableConstraint(cursor, draft)
    else columnDefinition(cursor, draft)
    while (cursor.token() !== null && !cursor.is(',') && !cursor.is(')')) cursor.skip()
    cursor.take(',')
  }
  cursor.take(')')
  const options = { strict: false, withoutRowid: false }
  for (; cursor.token() !== null; cursor.skip()) {
    if (cursor.is('STRICT')) options.strict = true
    if (cursor.is('WITHOUT', 'ROWID')) options.withoutRowid = true
  }
  return finish(draft, name, options, triggers)
}

function finish(
  draft: Draft,
  name: string,
  options: { strict: boolean; withoutRowid: boolean },
  triggers: readonly string[],
): Table {
  const keyed = new Set(draft.primaryKey?.columns ?? [])
  const special = options.strict || options.withoutRowid || draft.autoincrement || triggers.length > 0
  return {
    namespace: null,
    name,
    columns: draft.columns.map((column) => keyedColumn(column, keyed, options.withoutRowid)),
    primaryKey: draft.primaryKey,
    uniques: draft.uniques,
    foreignKeys: draft.foreignKeys,
    checks: draft.checks,
    indexes: [],
    comment: null,
    postgres: null,
    mysql: null,
    sqlite: special ? { ...options, autoincrement: draft.autoincrement, triggers } : null,
  }
}

/** A primary key of one INTEGER column is the rowid, which numbers itself. */
export function keyedColumn(column: Column, keyed: ReadonlySet<string>, withoutRowid: boolean): Column {
  if (!keyed.has(column.name)) return column
  const rowid = keyed.size === 1 && column.type.kind === 'integer' && !withoutRowid
  return { ...column, nullable: false, identity: rowid ? { always: false } : null }
}

function isTableConstraint(cursor: Cursor): boolean {
  return ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'].some((word) => cursor.is(word))
}

function tableConstraint(cursor: Cursor, draft: Draft): void {
  const name = cursor.take('CONSTRAINT') ? cursor.name() : null
  if (cursor.take('PRIMARY', 'KEY')) {
    draft.primaryKey = { name, columns: cursor.names() }
  } else if (cursor.take('UNIQUE')) {
    draft.uniques.push({ name, columns: cursor.names(), deferrable: null, postgres: null })
  } else if (cursor.take('CHECK')) {
    draft.checks.push({ name, condition: rawSql(cursor.parenthesis()) })
  } else if (cursor.take('FOREIGN', 'KEY')) {
    draft.foreignKeys.push(reference(cursor, name, cursor.names()))
  }
}

const columnWords = [
  'CONSTRAINT',
  'PRIMARY',
  'NOT',
  'NULL',
  'UNIQUE',
  'CHECK',
  'DEFAULT',
  'COLLATE',
  'REFERENCES',
  'GENERATED',
  'AS',
]

function columnDefinition(cursor: Cursor, draft: Draft): void {
  const name = cursor.name()
  const type = parseType(typeText(cursor))
  const column: { -readonly [Key in keyof Column]: Column[Key] } = {
    name,
    type,
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    collation: null,
    comment: null,
  }
  while (cursor.token() !== null && !cursor.is(',') && !cursor.is(')')) {
    const constraint = cursor.take('CONSTRAINT') ? cursor.name() : null
    if (!columnConstraint(cursor, column, constraint, draft)) cursor.skip()
  }
  draft.columns.push(column)
}

/** A type is every word up to the first constraint, with the numbers in its parentheses. */
function typeText(cursor: Cursor): string {
  const words: string[] = []
  while (
    cursor.token() !== null &&
    !cursor.is(',') &&
    !cursor.is(')') &&
    !columnWords.some((word) => cursor.is(word))
  ) {
    if (cursor.is('(')) words.push(`${words.pop() ?? ''}(${cursor.parenthesis().replace(/\s+/g, ' ')})`)
    else words.push(cursor.name())
  }
  return words.join(' ')
}

type Writable = { -readonly [Key in keyof Column]: Column[Key] }

function columnConstraint(cursor: Cursor, column: Writable, name: string | null, draft: Draft): boolean {
  if (cursor.take('PRIMARY', 'KEY')) {
    draft.primaryKey = { name, columns: [column.name] }
    if (!cursor.take('ASC')) cursor.take('DESC')
    skipConflict(cursor)
    draft.autoincrement = cursor.take('AUTOINCREMENT')
  } else if (cursor.take('NOT', 'NULL')) {
    column.nullable = false
    skipConflict(cursor)
  } else if (cursor.take('UNIQUE')) {
    draft.uniques.push({ name, columns: [column.name], deferrable: null, postgres: null })
    skipConflict(cursor)
  } else if (cursor.take('CHECK')) {
    columnCheck(cursor.parenthesis(), column, name, draft)
  } else if (cursor.take('DEFAULT')) {
    column.default = parseDefault(defaultText(cursor), column.type)
  } else if (cursor.take('COLLATE')) {
    column.collation = cursor.name()
  } else if (cursor.is('REFERENCES')) {
    draft.foreignKeys.push(reference(cursor, name, [column.name]))
  } else if (cursor.take('GENERATED', 'ALWAYS', 'AS') || cursor.take('AS')) {
    column.generated = generated(cursor)
  } else return false
  return true
}

function generated(cursor: Cursor): Generated {
  const expression = rawSql(cursor.parenthesis())
  if (cursor.take('STORED')) return { expression, stored: true }
  cursor.take('VIRTUAL')
  return { expression, stored: false }
}

/** An unnamed check of the form that Aludel writes for an enumeration is the column's type. */
function columnCheck(condition: string, column: Writable, name: string | null, draft: Draft): void {
  if (name === null && column.type.kind === 'text') {
    const values = tokenize(condition).flatMap((token) => (token.kind === 'string' ? [unquoteString(token.value)] : []))
    if (values.length > 0 && `CHECK (${condition})` === enumCheck(column.name, values)) {
      column.type = { kind: 'enumeration', namespace: null, name: '', values }
      return
    }
  }
  draft.checks.push({ name, condition: rawSql(condition) })
}

/** A default is an expression in parentheses, a signed number, a literal or one word. */
function defaultText(cursor: Cursor): { readonly text: string; readonly expression: boolean } {
  if (cursor.is('(')) return { text: cursor.parenthesis(), expression: true }
  const sign = cursor.take('-') ? '-' : cursor.take('+') ? '+' : ''
  const token = cursor.token()
  cursor.skip()
  return { text: sign + (token?.value ?? ''), expression: false }
}

function skipConflict(cursor: Cursor): void {
  if (cursor.take('ON', 'CONFLICT')) cursor.skip()
}

function reference(cursor: Cursor, name: string | null, columns: readonly string[]): ForeignKey {
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
    else return { name, columns, referent, referentColumns, ...key, deferrable }
  }
}

function action(cursor: Cursor): Action {
  if (cursor.take('SET', 'NULL')) return 'set null'
  if (cursor.take('SET', 'DEFAULT')) return 'set default'
  if (cursor.take('NO', 'ACTION')) return 'no action'
  return cursor.name().toLowerCase() === 'cascade' ? 'cascade' : 'restrict'
}
