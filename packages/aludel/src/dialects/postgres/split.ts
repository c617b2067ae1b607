// A script as its statements, by lexical rules alone: strings, dollar quotes, comments and SQL-standard bodies stay whole.

import { type Token, tokens } from './tokens.ts'

/** The statements of a text, without their semicolons; what holds nothing but comments is left out. */
export function split(sql: string): readonly string[] {
  const statements: string[] = []
  let start = 0
  let state = opening
  for (const token of tokens(sql)) {
    if (sql[token.start] === ';' && token.kind === 'symbol' && state.parentheses === 0 && state.blocks === 0) {
      if (!state.empty) statements.push(sql.slice(start, token.start).trim())
      start = token.end
      state = opening
    } else if (token.kind !== 'space' && token.kind !== 'comment') state = advance(state, sql, token)
  }
  if (!state.empty) statements.push(sql.slice(start).trim())
  return statements
}

interface State {
  readonly empty: boolean
  readonly parentheses: number
  /** BEGIN ATOMIC and the CASEs inside it; each waits for its END. */
  readonly blocks: number
  /** The first words, to know the one statement that may hold BEGIN ATOMIC. */
  readonly words: string
  readonly last: string
}

const opening: State = { empty: true, parentheses: 0, blocks: 0, words: '', last: '' }
const makesRoutine = /^create (?:or replace )?(?:function|procedure) /
const longestOpening = 'create or replace procedure '.length

function advance(state: State, sql: string, token: Token): State {
  if (token.kind === 'symbol') {
    const symbol = sql[token.start]
    const change = symbol === '(' ? 1 : symbol === ')' ? -1 : 0
    return { ...state, empty: false, parentheses: Math.max(0, state.parentheses + change), last: '' }
  }
  if (token.kind !== 'word') return { ...state, empty: false, last: '' }
  const word = sql.slice(token.start, token.end).toLowerCase()
  const words = state.words.length < longestOpening ? `${state.words}${word} ` : state.words
  return { ...state, empty: false, words, last: word, blocks: state.blocks + blockChange(state, word) }
}

function blockChange(state: State, word: string): number {
  if (!makesRoutine.test(state.words)) return 0
  if (word === 'atomic' && state.last === 'begin') return 1
  if (state.blocks === 0) return 0
  return word === 'case' ? 1 : word === 'end' ? -1 : 0
}
