// Default values: what the catalogue says of them, and the one form in which the house compares them.

import type { Column, ColumnType, Default } from '../../schema/model.ts'
import { rawSql } from '../../schema/sql.ts'
import { constantIn } from './constants.ts'
import type { Abilities } from './features.ts'
import { typedValue } from './typed.ts'
import { canonicalType } from './types.ts'

/** An expression as the default that it is: a value where it is a literal, the current time, else SQL. */
export function defaultOf(
  expression: string,
  type: ColumnType,
  { product }: Pick<Abilities, 'product'>,
): Default | null {
  const isIntroduced = product === 'MariaDB' && introducer.test(expression.trim())
  const value = isIntroduced ? undefined : constantIn(expression)
  if (value !== undefined) return value === null ? null : { kind: 'value', value: typedValue(value, type) }
  return isNow(expression, type) ? { kind: 'now' } : { kind: 'sql', sql: rawSql(expression.trim()) }
}

/** MariaDB keeps the character set that a text is said to be in; MySQL gives one to every text. */
const introducer = /^_[a-z]\w*\s*'/i

/** The default in the form that introspection gives it. */
export function normalDefault(
  given: Default | null,
  column: Column,
  text: (given: Default & { kind: 'sql' }) => string,
  abilities: Pick<Abilities, 'product'>,
): Default | null {
  if (given === null || given.kind === 'now') return given
  if (given.kind === 'sql') return defaultOf(text(given), column.type, abilities)
  return given.value === null ? null : { kind: 'value', value: typedValue(given.value, column.type) }
}

const now =
  /^\(?(now|current_timestamp|localtimestamp|localtime|curdate|current_date|curtime|current_time)(?:\((\d*)\))?\)?$/i

/** True for the current time in the column's own precision; without a precision MariaDB takes the column's. */
function isNow(expression: string, type: ColumnType): boolean {
  const [, word = '', precision = ''] = now.exec(expression.trim()) ?? []
  const base = temporalOf(type)
  if (word === '' || base === null) return false
  if (base.type === 'date') return !/time$/i.test(word) || /^local/i.test(word)
  if (base.type === 'time')
    return /^cur(?:rent_)?time$/i.test(word) && (precision === '' || precision === base.precision)
  return !/^cur(?:rent_)?(?:date|time)$/i.test(word) && (precision === '' || precision === base.precision)
}

/** `datetime(6)` as its word and its precision; null for a type that tells no time. */
export function temporalOf(type: ColumnType): { readonly type: string; readonly precision: string } | null {
  if (type.kind === 'date') return { type: 'date', precision: '' }
  if (type.kind === 'time') return { type: 'time', precision: '6' }
  if (type.kind === 'timestamp') return { type: 'datetime', precision: '6' }
  if (type.kind !== 'raw') return null
  const [, word, precision = ''] =
    /^(date|time|datetime|timestamp)(?:\((\d)\))?(?= |$)/.exec(canonicalType(type.sql)) ?? []
  return word === undefined ? null : { type: word, precision }
}
