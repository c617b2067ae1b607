// A CREATE TABLE text in pieces, a column or a table constraint each, with what the model knows of it and what it does not.

import type { FoundConstraint } from '../../../ops/parts.ts'
import type { Column } from '../../../schema/model.ts'
import { parseColumn } from './column.ts'
import { parseConstraint } from './constraint.ts'
import { type Cursor, cursorOver } from './tokens.ts'

/** A constraint with what the model cannot hold of it, a phrase each: 'ON CONFLICT REPLACE'. */
export interface HeldConstraint {
  readonly found: FoundConstraint
  readonly unheld: readonly string[]
}

export interface PieceContent {
  readonly column: Column | null
  readonly constraints: readonly HeldConstraint[]
  /** What the model cannot hold of the column itself. */
  readonly unheld: readonly string[]
  readonly autoincrement: boolean
  readonly descendingKey: boolean
}

export interface Piece extends PieceContent {
  /** As the engine holds it, without the comma. */
  readonly text: string
  /** Comments on the lines before it, and behind it on its own line. */
  readonly before: string
  readonly behind: string
}

export interface Definition {
  readonly pieces: readonly Piece[]
  readonly strict: boolean
  readonly withoutRowid: boolean
}

export function parseDefinition(sql: string): Definition {
  const cursor = cursorOver(sql)
  while (cursor.token() !== null && !cursor.is('(')) cursor.skip()
  cursor.take('(')
  const pieces = piecesOf(cursor, sql)
  cursor.take(')')
  let [strict, withoutRowid] = [false, false]
  for (; cursor.token() !== null; cursor.skip()) {
    if (cursor.is('STRICT')) strict = true
    if (cursor.is('WITHOUT', 'ROWID')) withoutRowid = true
  }
  return { pieces, strict, withoutRowid }
}

function piecesOf(cursor: Cursor, sql: string): readonly Piece[] {
  const pieces: Piece[] = []
  let before = ''
  let from = cursor.end()
  while (cursor.token() !== null && !cursor.is(')')) {
    const start = cursor.token()?.start ?? sql.length
    before += sql.slice(from, start)
    const content = isConstraint(cursor) ? constraintPiece(cursor) : parseColumn(cursor)
    const unheld = [...content.unheld, ...strayWords(cursor)]
    const end = cursor.end()
    const rest = sql.slice(end, cursor.token()?.start ?? sql.length)
    const comma = cursor.take(',') ? sql.slice(cursor.end()) : ''
    const line = /^[ \t]*(?:--[^\n]*|\/\*[^\n]*?\*\/)(?=[ \t]*(?:\n|$))/.exec(comma)?.[0] ?? ''
    pieces.push({
      ...content,
      unheld,
      text: sql.slice(start, end),
      before: before.trim(),
      behind: (rest + line).trim(),
    })
    before = ''
    from = (comma === '' ? (cursor.token()?.start ?? sql.length) : cursor.end()) + line.length
  }
  return pieces
}

// Between table constraints SQLite takes a comma or none.
function strayWords(cursor: Cursor): readonly string[] {
  const stray: string[] = []
  while (cursor.token() !== null && !cursor.is(',') && !cursor.is(')') && !isConstraint(cursor)) {
    stray.push(cursor.token()?.value ?? '')
    cursor.skip()
  }
  return stray.length === 0 ? [] : [stray.join(' ')]
}

function isConstraint(cursor: Cursor): boolean {
  return ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'].some((word) => cursor.is(word))
}

function constraintPiece(cursor: Cursor): PieceContent {
  const { constraint, autoincrement } = parseConstraint(cursor)
  return {
    column: null,
    constraints: constraint === null ? [] : [constraint],
    unheld: [],
    autoincrement,
    descendingKey: false,
  }
}
