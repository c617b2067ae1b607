// A column of a CREATE TABLE text, with the constraints that are written on it.

import type { FoundConstraint } from '../../../ops/parts.ts'
import { type Column, type Generated, plainColumn } from '../../../schema/model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { enumCheck } from '../render/table.ts'
import { parseType } from '../types.ts'
import { conflict, parseReference } from './constraint.ts'
import { parseDefault } from './defaults.ts'
import type { HeldConstraint, PieceContent } from './definition.ts'
import { type Cursor, tokenize, unquoteString } from './tokens.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

interface Draft {
  readonly column: Writable<Column>
  readonly constraints: HeldConstraint[]
  readonly unheld: string[]
  autoincrement: boolean
  descendingKey: boolean
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

export function parseColumn(cursor: Cursor): PieceContent {
  const name = cursor.name()
  const type = parseType(typeText(cursor))
  const draft: Draft = {
    column: plainColumn(name, type),
    constraints: [],
    unheld: [],
    autoincrement: false,
    descendingKey: false,
  }
  while (cursor.token() !== null && !cursor.is(',') && !cursor.is(')')) {
    const constraint = cursor.take('CONSTRAINT') ? cursor.name() : null
    if (keyOrCheck(cursor, draft, constraint)) continue
    // The model has no name for NOT NULL, a default or a collation.
    if (constraint !== null) draft.unheld.push(`CONSTRAINT "${constraint}"`)
    if (!property(cursor, draft)) {
      draft.unheld.push(cursor.token()?.value ?? '')
      cursor.skip()
    }
  }
  return draft
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

function keyOrCheck(cursor: Cursor, draft: Draft, name: string | null): boolean {
  const columns = [draft.column.name]
  const hold = (found: FoundConstraint, unheld: readonly string[] = []) => draft.constraints.push({ found, unheld })
  if (cursor.take('PRIMARY', 'KEY')) {
    draft.descendingKey = !cursor.take('ASC') && cursor.take('DESC')
    const unheld = [...(draft.descendingKey ? ['DESC'] : []), ...conflict(cursor)]
    draft.autoincrement = cursor.take('AUTOINCREMENT')
    hold({ type: 'primaryKey', value: { name, columns, mysql: null, postgres: null } }, unheld)
  } else if (cursor.take('UNIQUE')) {
    hold({ type: 'unique', value: { name, columns, deferrable: null, postgres: null } }, conflict(cursor))
  } else if (cursor.take('CHECK')) {
    const condition = cursor.parenthesis()
    const values = name === null ? enumValues(condition, draft.column) : null
    if (values === null) hold({ type: 'check', value: { name, condition: rawSql(condition), postgres: null } })
    else draft.column.type = { kind: 'enumeration', namespace: null, name: '', values }
  } else if (cursor.is('REFERENCES')) {
    hold({ type: 'foreignKey', value: parseReference(cursor, name, columns) })
  } else return false
  return true
}

function property(cursor: Cursor, { column, unheld }: Draft): boolean {
  if (cursor.take('NOT', 'NULL')) {
    column.nullable = false
    unheld.push(...conflict(cursor))
  } else if (cursor.take('NULL')) {
    conflict(cursor)
  } else if (cursor.take('DEFAULT')) {
    column.default = parseDefault(defaultText(cursor), column.type)
  } else if (cursor.take('COLLATE')) {
    column.collation = cursor.name()
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

/** The values of a check of the very form that Aludel writes for an enumeration; null for any other. */
function enumValues(condition: string, { name, type }: Column): readonly string[] | null {
  if (type.kind !== 'text') return null
  const values = tokenize(condition).flatMap((token) => (token.kind === 'string' ? [unquoteString(token.value)] : []))
  return values.length > 0 && `CHECK (${condition})` === enumCheck(name, values) ? values : null
}

/** A default is an expression in parentheses, a signed number, a literal or one word. */
function defaultText(cursor: Cursor): { readonly text: string; readonly expression: boolean } {
  if (cursor.is('(')) return { text: cursor.parenthesis(), expression: true }
  const sign = cursor.take('-') ? '-' : cursor.take('+') ? '+' : ''
  const token = cursor.token()
  cursor.skip()
  const word = token?.value ?? ''
  // A name cannot be meant here, so SQLite takes every other word for a text.
  const isText = token?.kind === 'name' || (token?.kind === 'word' && !/^(?:null|true|false|current_\w+)$/i.test(word))
  return { text: isText ? `'${word.replaceAll("'", "''")}'` : sign + word, expression: false }
}
