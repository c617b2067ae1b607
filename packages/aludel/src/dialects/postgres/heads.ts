// The head of a CREATE statement: which name it gives, and which table it is about.

import type { TableName } from '../../schema/model.ts'
import { engineSql } from '../../schema/objects.ts'
import type { EngineSql } from '../../schema/sql.ts'
import { quote, written } from './literal.ts'
import { tokens } from './tokens.ts'

export function plainText(text: EngineSql): string {
  const own = engineSql(text, 'postgres')
  return own === null ? '' : written(own).trim()
}

interface Piece {
  readonly word: string
  readonly isName: boolean
  readonly start: number
  readonly end: number
}

const kinds = new Set(['FUNCTION', 'PROCEDURE', 'AGGREGATE', 'TRIGGER', 'RULE', 'STATISTICS'])

/** The statement for an object of another name, and on what the table's name means by itself; its words before the name are told in one way. */
export function textNamed(text: string, label: string, table: TableName | null = null): string {
  const pieces = piecesOf(text)
  const kind = pieces.findIndex(({ word }) => kinds.has(word))
  const first = pieces[kind + 1]
  if (kind === -1 || first === undefined) return text
  const last = lastOfName(pieces, kind + 1)
  const head = pieces
    .slice(0, kind + 1)
    .map(({ word }) => word)
    .join(' ')
    .replace('CREATE OR REPLACE', 'CREATE')
  const rest = text.slice(pieces[last]?.end ?? 0)
  return `${head} ${label}${table === null ? rest : redirected(rest, table)}`
}

/** Behind ON stands a trigger's table, and behind TO a rule's: without its namespace a temporary one is meant. */
function redirected(rest: string, { name }: TableName): string {
  const pieces = piecesOf(rest)
  const at = pieces.findIndex(({ word }, place) => {
    const isAhead = word === 'ON' || word === 'TO'
    return isAhead && pieces[place + 1]?.isName === true && nameAt(pieces, place + 1, rest) === name
  })
  const [first, last] = [pieces[at + 1], pieces[lastOfName(pieces, at + 1)]]
  if (at === -1 || first === undefined || last === undefined) return rest
  return `${rest.slice(0, first.start)}${quote(name)}${rest.slice(last.end)}`
}

function nameAt(pieces: readonly Piece[], first: number, text: string): string {
  const piece = pieces[lastOfName(pieces, first)]
  if (piece === undefined) return ''
  const own = text.slice(piece.start, piece.end)
  return own.startsWith('"') ? own.slice(1, -1).replaceAll('""', '"') : own.toLowerCase()
}

function lastOfName(pieces: readonly Piece[], first: number): number {
  let last = first
  while (pieces[last + 1]?.word === '.' && pieces[last + 2]?.isName === true) last += 2
  return last
}

function piecesOf(text: string): readonly Piece[] {
  return [...tokens(text)]
    .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    .map(({ kind, start, end }) => {
      const own = text.slice(start, end)
      return { word: kind === 'word' ? own.toUpperCase() : own, isName: kind === 'word' || kind === 'name', start, end }
    })
}
