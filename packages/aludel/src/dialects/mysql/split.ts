// One text to its statements, as the mysql client does it with DELIMITER; a stored program stays in one piece without.

import { type BackslashEscapes, isBlank, tokenAt } from './tokens.ts'

/** The statements of a text, without their ends. Comments stay with the statement that follows them. */
export function split(sql: string, escapes: BackslashEscapes = true): readonly string[] {
  const statements: string[] = []
  let delimiter = ';'
  let piece = startOf(0)
  for (let at = 0; at < sql.length; ) {
    const directive = piece.isEmpty ? delimiterAt(sql, at) : null
    if (directive !== null) {
      delimiter = directive.delimiter
      at = directive.end
      piece = startOf(at)
    } else if (sql.startsWith(delimiter, at) && !piece.inExecutable && !(delimiter === ';' && piece.program.isOpen())) {
      keep(statements, sql.slice(piece.start, at), piece)
      at += delimiter.length
      piece = startOf(at)
    } else {
      at += take(sql, at, delimiter, piece, escapes)
    }
  }
  keep(statements, sql.slice(piece.start), piece)
  return statements
}

interface Piece {
  readonly start: number
  isEmpty: boolean
  inExecutable: boolean
  readonly program: StoredProgram
}

function startOf(start: number): Piece {
  return { start, isEmpty: true, inExecutable: false, program: storedProgram() }
}

function keep(statements: string[], text: string, piece: Piece): void {
  if (!piece.isEmpty) statements.push(text.trim())
}

/** Reads one token into the piece; answers its length. A delimiter ends a word: `END$$`. */
function take(sql: string, at: number, delimiter: string, piece: Piece, escapes: BackslashEscapes): number {
  const token = tokenAt(sql, at, escapes)
  if (isBlank(token)) return token.text.length
  piece.isEmpty = false
  if (token.kind === 'open') piece.inExecutable = true
  if (token.kind === 'close') piece.inExecutable = false
  if (token.kind !== 'word') {
    if (token.text !== '') piece.program.other(token.text)
    return token.text.length
  }
  const end = token.text.indexOf(delimiter)
  const word = end > 0 ? token.text.slice(0, end) : token.text
  piece.program.word(word.toUpperCase())
  return word.length
}

const directive = /[ \t]*delimiter[ \t]+(\S+)[^\n]*(?:\n|$)/iy

/** `DELIMITER //` at the start of a line, where no statement is open. */
function delimiterAt(sql: string, at: number): { readonly delimiter: string; readonly end: number } | null {
  if (at > 0 && sql[at - 1] !== '\n') return null
  directive.lastIndex = at
  const found = directive.exec(sql)
  return found?.[1] === undefined ? null : { delimiter: found[1], end: directive.lastIndex }
}

interface StoredProgram {
  word(word: string): void
  other(text: string): void
  /** True inside BEGIN ... END of a program: a semicolon there ends no statement of the text. */
  isOpen(): boolean
}

const programs = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT', 'PACKAGE'])
const otherObjects = new Set(['TABLE', 'VIEW', 'INDEX', 'DATABASE', 'SCHEMA', 'USER', 'ROLE', 'SERVER', 'SEQUENCE'])
const blocksWithWord = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR'])

// BEGIN opens a body and CASE a choice, END closes either; END IF, END LOOP and their like close what was not counted.
function storedProgram(): StoredProgram {
  let before = ''
  let isCreate: boolean | null = null
  let isProgram = false
  let depth = 0
  const close = (after: string): void => {
    if (before === 'END' && !blocksWithWord.has(after)) depth = Math.max(0, depth - 1)
  }
  return {
    word(word) {
      isCreate ??= word === 'CREATE'
      if (isCreate && !isProgram && programs.has(word)) isProgram = true
      if (isCreate && !isProgram && otherObjects.has(word)) isCreate = false
      if (word === 'NOT' && before === 'BEGIN' && depth === 0) isProgram = true
      if (isProgram) {
        close(word)
        if (word === 'BEGIN' || (word === 'CASE' && before !== 'END')) depth += 1
        if (word === 'NOT' && before === 'BEGIN' && depth === 0) depth = 1
      }
      before = word
    },
    other(text) {
      if (isProgram) close('')
      before = text
    },
    isOpen: () => depth > (before === 'END' ? 1 : 0),
  }
}
