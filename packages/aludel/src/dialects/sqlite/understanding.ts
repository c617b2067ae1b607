// What SQL as it was written does to a schema: SQLite itself is asked, in memory, on the tables that the text names.

import type { Op } from '../../ops/operations.ts'
import { applyAll } from '../../ops/registry.ts'
import { sameData } from '../../schema/canonical.ts'
import { emptySchema, type Schema } from '../../schema/model.ts'
import type { Understanding } from '../dialect.ts'
import { difference } from './difference.ts'
import { type Token, tokenize } from './introspect/tokens.ts'
import { type Memory, openMemory, type Reading } from './memory.ts'
import { namedPart } from './named-part.ts'
import { split } from './split.ts'

export function createUnderstanding(): Understanding {
  let isReady = false
  return {
    ready: async () => {
      isReady ||= canOpen()
    },
    effects: (text, before) => (isReady ? effectsOf(text, before) : null),
  }
}

/** What a text may not name where it runs: a file, or code from one. */
const beyond = /\b(?:attach|detach|vacuum|load_extension)\b|\0/i

/** What a change of rows may not name, for it would be one of the schema. */
const notRows = /\b(?:load_extension|writable_schema|sqlite_master|sqlite_schema)\b|\0/i

const rowWords = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'WITH', 'VALUES', 'ANALYZE', 'REINDEX']

/** Pragmas after which every later text means what it meant before. */
const harmlessPragmas = [
  'APPLICATION_ID',
  'BUSY_TIMEOUT',
  'CACHE_SIZE',
  'DEFER_FOREIGN_KEYS',
  'FOREIGN_KEYS',
  'FOREIGN_KEY_CHECK',
  'INTEGRITY_CHECK',
  'JOURNAL_MODE',
  'OPTIMIZE',
  'QUICK_CHECK',
  'SYNCHRONOUS',
  'TEMP_STORE',
  'USER_VERSION',
  'WAL_CHECKPOINT',
]

function canOpen(): boolean {
  try {
    openMemory(emptySchema).close()
    return true
  } catch {
    return false
  }
}

function effectsOf(text: string, before: Schema): readonly Op[] | null {
  const effects: Op[] = []
  let schema = before
  for (const statement of split(text)) {
    const own = statementEffects(statement, schema)
    if (own === null) return null
    effects.push(...own)
    schema = applyAll(schema, own)
  }
  return effects
}

function statementEffects(statement: string, before: Schema): readonly Op[] | null {
  const tokens = tokenize(statement)
  const [first = '', second = ''] = tokens.map(upperWord)
  if (rowWords.includes(first)) return notRows.test(statement) ? null : []
  if (first === 'PRAGMA') return isHarmless(tokens) ? [] : null
  if (!['CREATE', 'DROP', 'ALTER'].includes(first) || beyond.test(statement)) return null
  // Which types SQLite gives the columns of a query differs between its versions.
  const isUnsure = ['TEMP', 'TEMPORARY', 'VIRTUAL'].includes(second) || (second === 'TABLE' && isOfQuery(tokens))
  return isUnsure ? null : inMemory(statement, tokens, before)
}

function isHarmless(tokens: readonly Token[]): boolean {
  const at = tokens[2]?.value === '.' ? 3 : 1
  const pragma = tokens[at]
  return pragma !== undefined && harmlessPragmas.includes(upperWord(pragma))
}

/** CREATE TABLE ... AS SELECT. */
function isOfQuery(tokens: readonly Token[]): boolean {
  const next = tokens.find((token) => upperWord(token) === 'AS' || token.value === '(')
  return next !== undefined && upperWord(next) === 'AS'
}

function upperWord({ kind, value }: Token): string {
  return kind === 'word' ? value.toUpperCase() : ''
}

function inMemory(statement: string, tokens: readonly Token[], before: Schema): readonly Op[] | null {
  const isAltered = tokens[0] !== undefined && upperWord(tokens[0]) === 'ALTER'
  // A rename is followed by whatever refers to the table; all else concerns only what is named.
  const isRenamed = isAltered && tokens.some((token) => upperWord(token) === 'RENAME')
  const part = isRenamed ? before : namedPart(before, tokens)
  const readings = around(part, statement)
  if (readings === null || readings.is.hasTemporary || !sameTriggers(part, readings.was.schema)) return null
  return difference(readings.was, readings.is, isAltered)
}

/** True where operations on triggers find them: known by the names that their texts give them. */
function sameTriggers(known: Schema, made: Schema): boolean {
  const names = ({ objects }: Schema) =>
    objects.flatMap((object) => (object.kind === 'trigger' ? [[object.table.name, object.name]] : [])).sort()
  return sameData(names(known), names(made))
}

/** What there is before the statement and after it; null where it cannot run. */
function around(schema: Schema, statement: string): { readonly was: Reading; readonly is: Reading } | null {
  let memory: Memory | null = null
  try {
    memory = openMemory(schema)
    const was = memory.read()
    memory.run(statement)
    return { was, is: memory.read() }
  } catch {
    // It would fail in the database too, or what is known of that is not all there is.
    return null
  } finally {
    memory?.close()
  }
}
